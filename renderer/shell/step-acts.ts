/** Training led by hand, for buttons and keys: single batches, whole epochs, slow motion. */
import { host } from "../state/host.ts";
import { liveRunOf, useRuns } from "../state/runs.ts";
import { report, toastWanted } from "../state/toasts.ts";
import { trainBySteps } from "./acts.ts";

/** Steps a second that slow motion by key begins with: slow enough to follow. */
const SLOW = 2;

/** What is offered beside full speed. */
export const PACES = [20, 5, 2, 1, 0.5] as const;

function steppedRun() {
  const run = liveRunOf(useRuns.getState().runs);
  if (run !== undefined && run.status !== "queued") return run;
  toastWanted((t) => t("step.not_training"));
  return undefined;
}

function step(unit: "batch" | "epoch"): void {
  const run = steppedRun();
  if (run !== undefined) host().call("runs.step", { id: run.id, unit }).catch(report);
}

/** Without a run that trains it starts one, and rests after its first batch. */
export function stepBatch(): void {
  if (liveRunOf(useRuns.getState().runs) === undefined) trainBySteps();
  else step("batch");
}

export const stepEpoch = (): void => step("epoch");

/** @param stepsPerSecond null: full speed */
export function setPace(id: string, stepsPerSecond: number | null): void {
  host().call("runs.pace", { id, steps_per_second: stepsPerSecond }).catch(report);
}

export function toggleSlowMotion(): void {
  const run = steppedRun();
  if (run === undefined) return;
  const isSlow = useRuns.getState().live.get(run.id)?.stepsPerSecond != null;
  setPace(run.id, isSlow ? null : SLOW);
}
