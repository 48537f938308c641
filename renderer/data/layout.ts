/**
 * What comes out of the preparation (rows of both parts, features, classes), asked of the host a moment after the last change. At most
 * one question is on its way; the answer's counts go into the design, so that shapes on the canvas are right.
 */
import { useEffect } from "react";
import { create } from "zustand";
import { useShallow } from "zustand/react/shallow";
import type { DataDocument } from "../../core/graph/document.ts";
import type { DataLayout } from "../../core/protocol/methods.ts";
import { useDataset } from "../state/dataset.ts";
import { amendData, useDocument } from "../state/document.ts";
import { host } from "../state/host.ts";
import { report } from "../state/toasts.ts";
import { GIVEN_UP, underWay } from "../state/under-way.ts";
import type { Asked } from "../state/use-asked.ts";
import { looksLikeClasses } from "./columns.ts";

interface LayoutState {
  readonly layout: DataLayout | null;
  readonly error: unknown;
  /** What is shown is of an earlier state; the answer is on its way. */
  readonly busy: boolean;
  /** Nobody waited for the answer any more: what is shown is of an earlier state. */
  readonly cancelled: boolean;
}

export const useLayout = create<LayoutState>()(() => ({ layout: null, error: null, busy: false, cancelled: false }));

const AFTER_MS = 300;
let timer: ReturnType<typeof setTimeout> | undefined;
/** A question is about to be asked. */
let due = false;
/** What the host is asked now. */
let asking: string | null = null;
let again = false;
let shownFor: string | null = null;
/** Ends the waiting for what is shown to be of the design as it stands; null when it is, or when nobody waits any more. */
let answered: { readonly resolve: () => void; readonly reject: (why: typeof GIVEN_UP) => void } | null = null;

function isAwaited(): void {
  if (answered !== null) return;
  void underWay(
    new Promise<void>((resolve, reject) => {
      answered = { resolve, reject };
    }),
  );
}

/** Asks again whenever what the answer depends on has changed. */
export function useFollowLayout(): void {
  const datasetId = useDocument((state) => state.datasetId);
  const columns = useDocument((state) => state.design?.data?.columns);
  const steps = useDocument((state) => state.design?.data?.steps);
  const split = useDocument((state) => state.design?.data?.split);
  const window = useDocument((state) => state.design?.data?.window);
  const sampling = useDocument((state) => state.design?.data?.sampling);
  const filter = useDocument((state) => state.design?.data?.filter);
  const graph = useDocument((state) => state.design?.graph);
  const train = useDocument((state) => state.design?.train);
  const ready = datasetId !== null && columns !== undefined && steps !== undefined && split !== undefined && graph !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the parts stand for the design: its counts alone must not ask again
  useEffect(() => {
    if (datasetId !== shownFor) useLayout.setState({ layout: null, error: null, busy: ready, cancelled: false });
    shownFor = datasetId;
    if (!ready) return;
    useLayout.setState({ busy: true, cancelled: false });
    clearTimeout(timer);
    due = true;
    timer = setTimeout(() => {
      due = false;
      void ask();
    }, AFTER_MS);
    isAwaited();
  }, [datasetId, columns, steps, split, window, sampling, filter, graph, train, ready]);
}

async function ask(): Promise<void> {
  if (asking !== null) {
    again = true;
    return;
  }
  const { datasetId, design } = useDocument.getState();
  const data = design?.data ?? null;
  if (datasetId === null || design === null || data === null) {
    isAnswered();
    return;
  }
  const task_id = crypto.randomUUID();
  asking = task_id;
  try {
    const layout = await host().call("datasets.layout", { id: datasetId, design, task_id });
    if (asking === task_id && isCurrent(datasetId, data)) {
      useLayout.setState({ layout, error: null });
      amend(data, layout);
    }
  } catch (thrown) {
    if (asking === task_id && isCurrent(datasetId, data)) useLayout.setState({ error: thrown });
  } finally {
    if (asking === task_id) goOn();
  }
}

function goOn(): void {
  asking = null;
  if (again) {
    again = false;
    void ask();
  } else if (!due) {
    useLayout.setState({ busy: false });
    isAnswered();
  }
}

function cancel(): void {
  clearTimeout(timer);
  due = false;
  again = false;
  if (asking !== null) host().call("datasets.cancel_layout", { task_id: asking }).catch(report);
  // A training that waits for the counts does not start without them.
  answered?.reject(GIVEN_UP);
  answered = null;
  goOn();
  useLayout.setState({ cancelled: true });
}

function restart(): void {
  useLayout.setState({ busy: true, cancelled: false, error: null });
  isAwaited();
  void ask();
}

/** The preparation that is under way, for what stands in the place of its outcome. */
export function useLayoutRead(): Asked<DataLayout> {
  const { layout, busy, cancelled } = useLayout(useShallow(({ layout, busy, cancelled }) => ({ layout, busy, cancelled })));
  return { value: layout, error: null, progress: null, pending: busy, cancelled, cancel, restart };
}

function isAnswered(): void {
  answered?.resolve();
  answered = null;
}

function isCurrent(datasetId: string, data: DataDocument): boolean {
  const now = useDocument.getState();
  const current = now.design?.data;
  return (
    now.datasetId === datasetId &&
    current?.columns === data.columns &&
    current.steps === data.steps &&
    current.split === data.split &&
    current.window === data.window &&
    current.sampling === data.sampling &&
    current.filter === data.filter
  );
}

function amend(data: DataDocument, layout: DataLayout): void {
  const feature_count = layout.feature_count > 0 ? layout.feature_count : null;
  const class_count = layout.class_count ?? likelyClasses(data);
  const current = useDocument.getState().design?.data;
  if (current === null || current === undefined) return;
  const sizes = layout.graph;
  const sameGraph =
    sizes === undefined || (current.graph?.node_count === sizes.node_count && current.graph.edge_count === sizes.edge_count);
  const graph = current.graph === undefined || sizes === undefined ? {} : { graph: { ...current.graph, ...sizes } };
  if (current.feature_count !== feature_count || current.class_count !== class_count || !sameGraph)
    amendData({ ...current, feature_count, class_count, ...graph });
}

/** A loss for numbers asks for no classes, yet another loss may be put in its place: then the canvas knows how many there are. */
function likelyClasses(data: DataDocument): number | null {
  const targets = data.columns.filter(({ role }) => role === "target");
  const [target] = targets;
  if (target === undefined || targets.length > 1 || target.lists !== undefined) return null;
  const profile = useDataset.getState().profile?.columns.find(({ name }) => name === target.name);
  return profile !== undefined && profile.distinct > 1 && looksLikeClasses(target, profile) ? profile.distinct : null;
}
