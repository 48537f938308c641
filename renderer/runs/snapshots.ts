/** The epochs of a run that can be looked back at, as the slider counts them; and which one comes next while it plays. Pure, but for the hook. */
import { useEffect, useEffectEvent, useRef } from "react";
import type { MethodOutput, Run } from "../../core/protocol/methods.ts";
import { host } from "../state/host.ts";
import { type Asked, useAsked } from "../state/use-asked.ts";

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

/** Of epochs that are kept faster than the host answers: one question after the other. Asked at once, each would drop the answer before. */
export class Turns {
  private due = false;

  /** @returns whether to ask now */
  changed(pending: boolean): boolean {
    this.due = pending;
    return !pending;
  }

  /** @returns whether to ask again */
  ended(cancelled: boolean): boolean {
    const again = this.due && !cancelled;
    this.due = false;
    return again;
  }
}

/** Asked anew whenever one more epoch was kept, and of a run that goes on or ends. */
export function useSnapshots({ id, status }: Run): Asked<Snapshots> {
  const answer = useAsked(`${id} ${status}`, async () => (await host().call("runs.snapshots", { id })).snapshots, { of: id });
  const turns = useRef(new Turns()).current;
  const changed = useEffectEvent(() => turns.changed(answer.pending) && answer.restart());
  const ended = useEffectEvent(() => turns.ended(answer.cancelled) && answer.restart());
  useEffect(() => host().on("run.snapshot", ({ run_id }) => run_id === id && changed()), [id]);
  useEffect(() => {
    if (!answer.pending) ended();
  }, [answer.pending]);
  return answer;
}
