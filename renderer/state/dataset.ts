/** The data set of the open project: its profile, read when the project's data set changes. What is done with its columns is in the design. */
import { create } from "zustand";
import type { DataFacts } from "../../core/checks/data-facts.ts";
import type { DatasetProfile, MethodOutput } from "../../core/protocol/methods.ts";
import { knowData, useDocument } from "./document.ts";
import { host } from "./host.ts";
import { look } from "./looking.ts";

interface DatasetState {
  readonly profile: MethodOutput<"datasets.profile"> | null;
  readonly loading: boolean;
  readonly error: unknown;
  /** The data set whose columns are looked at again. */
  readonly lookingAgain: { readonly id: string; readonly stop: () => void } | null;
}

export const useDataset = create<DatasetState>()(() => ({ profile: null, loading: false, error: null, lookingAgain: null }));

export async function loadDataset(id: string | null): Promise<void> {
  const known = useDataset.getState().profile;
  if (id !== null && known?.dataset.id === id) {
    // Whoever chose it had read its profile already; what checks know may still be of the one before.
    knowData(factsOf(known));
    return;
  }
  useDataset.setState({ profile: null, error: null, loading: id !== null });
  knowData(null);
  if (id === null) return;
  try {
    const profile = await host().call("datasets.profile", { id });
    if (useDocument.getState().datasetId !== id) return;
    useDataset.setState({ profile, loading: false });
    knowData(factsOf(profile));
  } catch (thrown) {
    if (useDocument.getState().datasetId === id) useDataset.setState({ loading: false, error: thrown });
  }
}

/** Columns of a data set that an older version imported, told anew; until it is stopped, which leaves all as it is. */
export async function lookAgain(id: string): Promise<void> {
  const controller = new AbortController();
  const { signal } = controller;
  const lookingAgain = { id, stop: () => controller.abort() };
  useDataset.setState({ lookingAgain });
  const profile = await look("datasets.look_again", { id }, signal)
    .catch((thrown: unknown) => {
      if (signal.aborted) return null;
      throw thrown;
    })
    .finally(() => {
      if (useDataset.getState().lookingAgain === lookingAgain) useDataset.setState({ lookingAgain: null });
    });
  if (profile === null) return;
  if (useDocument.getState().datasetId !== id) return;
  useDataset.setState({ profile });
  knowData(factsOf(profile));
}

/** What checks ask of the rows. */
export function factsOf({ dataset, columns }: DatasetProfile): DataFacts {
  const whole = columns.filter(({ type, histogram, distinct }) => type === "categorical" && histogram.length === distinct);
  const sizes = columns.flatMap(({ name, mean, deviation }): [string, number][] =>
    mean === null ? [] : [[name, Math.max(Math.abs(mean), deviation ?? 0)]],
  );
  return {
    rows: dataset.row_count,
    distinct: new Map(columns.map(({ name, distinct }) => [name, distinct])),
    counts: new Map(whole.map(({ name, histogram }) => [name, histogram])),
    lows: new Map(columns.flatMap(({ name, min }): [string, number][] => (min === null ? [] : [[name, min]]))),
    sizes: new Map(sizes),
  };
}

/** Follows the document: called once by main.tsx. */
export function followDataset(): void {
  useDocument.subscribe((state, before) => {
    if (state.datasetId !== before.datasetId) void loadDataset(state.datasetId);
  });
}
