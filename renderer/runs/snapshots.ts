/** The epochs of a run that can be looked back at, as the slider counts them; and which one comes next while it plays. Pure, but for the hook. */
import { useEffect, useState } from "react";
import type { MethodOutput, Run } from "../../core/protocol/methods.ts";
import { host } from "../state/host.ts";

export type Snapshots = MethodOutput<"runs.snapshots">["snapshots"];
/** An epoch that was kept; `trained`: what the run ended with. */
export type Moment = number | "trained";

/** In order of time. A run that still trains has no trained model to end with. */
export function momentsOf(snapshots: Snapshots, hasModel: boolean): readonly Moment[] {
  return [...snapshots.map(({ epoch }) => epoch), ...(hasModel && snapshots.length > 0 ? (["trained"] as const) : [])];
}

/** The place of the moment that is shown: without a choice the newest; where the chosen one is gone, the last before it. */
export function placeOf(moments: readonly Moment[], chosen: Moment | null): number {
  const last = moments.length - 1;
  if (chosen === null || chosen === "trained") return last;
  const later = moments.findIndex((moment) => moment === "trained" || moment > chosen);
  return later < 0 ? last : Math.max(0, later - 1);
}

export interface FoundSnapshots {
  /** Null while they are read. */
  readonly snapshots: Snapshots | null;
  readonly error: unknown;
  readonly restart: () => void;
}

/** Told anew whenever one more epoch was kept. */
export function useSnapshots(run: Run): FoundSnapshots {
  const [found, setFound] = useState<Omit<FoundSnapshots, "restart"> & { readonly id: string }>({ id: "", snapshots: null, error: null });
  const [round, setRound] = useState(0);
  const { id, status } = run;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a run that goes on or ends is read anew
  useEffect(() => {
    let wanted = true;
    const read = (): void => {
      host()
        .call("runs.snapshots", { id })
        .then(({ snapshots }) => wanted && setFound({ id, snapshots, error: null }))
        .catch((error: unknown) => wanted && setFound({ id, snapshots: null, error }));
    };
    read();
    const stop = host().on("run.snapshot", ({ run_id }) => {
      if (run_id === id) read();
    });
    return () => {
      wanted = false;
      stop();
    };
  }, [id, status, round]);
  const { snapshots, error } = found.id === id ? found : { snapshots: null, error: null };
  return { snapshots, error, restart: () => setRound(round + 1) };
}
