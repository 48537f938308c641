/** Runs with their designs, read once and kept: a run's design never changes. Rows of runs that train follow the host's events. */
import { useEffect, useMemo } from "react";
import { create } from "zustand";
import type { DesignDocument } from "../../core/graph/document.ts";
import type { Run } from "../../core/protocol/methods.ts";
import { host } from "../state/host.ts";
import { namedForReader, onReaderChange } from "../state/named-runs.ts";
import { useRuns } from "../state/runs.ts";
import type { Asked } from "../state/use-asked.ts";

export interface RunDetails {
  readonly run: Run;
  readonly design: DesignDocument;
}

interface DetailsState {
  readonly details: ReadonlyMap<string, RunDetails>;
  /** Why a run could not be read, until it is told of anew. */
  readonly errors: ReadonlyMap<string, unknown>;
  /** Runs that somebody does not want to wait for any longer. */
  readonly left: ReadonlySet<string>;
}

const useDetails = create<DetailsState>()(() => ({ details: new Map(), errors: new Map(), left: new Set() }));
const reading = new Set<string>();
let listening = false;

function put(run: Run, design: DesignDocument): void {
  useDetails.setState(({ details }) => ({ details: new Map(details).set(run.id, { run, design }) }));
}

/** Rows change many times a second while a run trains; what is kept here takes part at most once a frame. */
function listen(): void {
  if (listening) return;
  listening = true;
  const changed = new Map<string, Run>();
  let frame = 0;
  host().on("run.changed", ({ run }) => {
    const { details, errors } = useDetails.getState();
    if (errors.has(run.id)) useDetails.setState({ errors: new Map([...errors].filter(([id]) => id !== run.id)) });
    if (!details.has(run.id)) return;
    changed.set(run.id, run);
    if (frame !== 0) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      const { details } = useDetails.getState();
      const next = new Map(details);
      for (const newer of changed.values()) {
        const known = next.get(newer.id);
        if (known !== undefined) next.set(newer.id, { ...known, run: newer });
      }
      changed.clear();
      useDetails.setState({ details: next });
    });
  });
  onReaderChange((language) => {
    const { details } = useDetails.getState();
    useDetails.setState({ details: new Map([...details].map(([id, known]) => [id, namedForReader(known, language)])) });
  });
  host().on("run.deleted", ({ ids }) => {
    const next = new Map(useDetails.getState().details);
    for (const id of ids) next.delete(id);
    useDetails.setState({ details: next });
  });
}

export async function readDetails(id: string): Promise<RunDetails> {
  const known = useDetails.getState().details.get(id);
  if (known !== undefined) return known;
  const { run, design } = await host().call("runs.get", { id });
  put(run, design);
  return { run, design };
}

export interface FoundDetails {
  readonly details: readonly RunDetails[];
  /** What to show in the place of those that are not there. */
  readonly answer: Asked<readonly RunDetails[]>;
}

/** Those that could not be read, or were not waited for, are asked for again. */
const restart = (): void => useDetails.setState({ errors: new Map(), left: new Set() });

/** @returns what is known of the runs, in their order; those still being read, or gone, are missing */
export function useRunDetails(ids: readonly string[]): FoundDetails {
  const { details, errors, left } = useDetails();
  const rows = useRuns((state) => state.runs);
  const wanted = ids.join(" ");
  useEffect(() => {
    listen();
    for (const id of wanted.split(" ")) {
      if (id === "" || reading.has(id) || details.has(id) || errors.has(id)) continue;
      reading.add(id);
      readDetails(id)
        .catch((thrown: unknown) => useDetails.setState((state) => ({ errors: new Map(state.errors).set(id, thrown) })))
        .finally(() => reading.delete(id));
    }
  }, [wanted, details, errors]);
  return useMemo(() => {
    const found = wanted.split(" ").flatMap((id) => {
      const known = details.get(id);
      if (known === undefined) return [];
      return [{ design: known.design, run: rows.find((row) => row.id === id) ?? known.run }];
    });
    const missing = wanted.split(" ").filter((id) => id !== "" && !details.has(id));
    const error = missing.map((id) => errors.get(id)).find((one) => one !== undefined) ?? null;
    const cancelled = error === null && missing.some((id) => left.has(id));
    const cancel = (): void => useDetails.setState({ left: new Set(missing) });
    const pending = missing.length > 0 && error === null && !cancelled;
    const value = missing.length === 0 ? found : null;
    return { details: found, answer: { value, error, progress: null, pending, cancelled, cancel, restart } };
  }, [wanted, details, rows, errors, left]);
}

/** As useRunDetails, for runs seen together: those of several projects, which count their runs each from 1, are named with their project. */
export function useComparedDetails(ids: readonly string[]): FoundDetails {
  const found = useRunDetails(ids);
  return useMemo(() => {
    const { details, answer } = found;
    if (new Set(details.map(({ run }) => run.project_id)).size < 2) return found;
    return { details: details.map(({ run, design }) => ({ design, run: { ...run, name: `${design.name} ${run.name}` } })), answer };
  }, [found]);
}
