/** Which runs the dock shows: the one that is going, else the newest; then the others that were chosen for comparison. */
import type { Run } from "../../core/protocol/methods.ts";
import { liveRunOf } from "../state/runs.ts";

export function shownRuns(runs: readonly Run[], compared: readonly string[]): readonly Run[] {
  const current = liveRunOf(runs) ?? runs[0];
  if (current === undefined) return [];
  return [current, ...compared.flatMap((id) => runs.find((run) => run.id === id && run !== current) ?? [])];
}
