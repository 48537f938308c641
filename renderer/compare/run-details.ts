/** Runs with their designs, read once and kept: a run's design never changes. Rows of runs that train follow the host's events. */
import { useEffect, useMemo } from "react";
import { create } from "zustand";
import type { DesignDocument } from "../../core/graph/document.ts";
import type { Run } from "../../core/protocol/methods.ts";
import { host } from "../state/host.ts";
import { useRuns } from "../state/runs.ts";

export interface RunDetails {
  readonly run: Run;
  readonly design: DesignDocument;
}

interface DetailsState {
  readonly details: ReadonlyMap<string, RunDetails>;
  /** Why a run could not be read, until it is told of anew. */
  readonly errors: ReadonlyMap<string, unknown>;
}

const useDetails = create<DetailsState>()(() => ({ details: new Map(), errors: new Map() }));
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

/** @returns what is known of the runs, in their order; those still being read, or gone, are missing */
export function useRunDetails(ids: readonly string[]): { readonly details: readonly RunDetails[]; readonly error: unknown } {
  const { details, errors } = useDetails();
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
    return {
      details: found,
      error:
        wanted
          .split(" ")
          .map((id) => errors.get(id))
          .find((error) => error !== undefined) ?? null,
    };
  }, [wanted, details, rows, errors]);
}

/** As useRunDetails, for runs seen together: those of several projects, which count their runs each from 1, are named with their project. */
export function useComparedDetails(ids: readonly string[]): ReturnType<typeof useRunDetails> {
  const { details, error } = useRunDetails(ids);
  return useMemo(() => {
    if (new Set(details.map(({ run }) => run.project_id)).size < 2) return { details, error };
    return { details: details.map(({ run, design }) => ({ design, run: { ...run, name: `${design.name} ${run.name}` } })), error };
  }, [details, error]);
}
