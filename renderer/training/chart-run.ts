/** A run as charts need it, with the curves that were read of it so far. */
import type { Run } from "../../core/protocol/methods.ts";
import { curvesOf } from "../state/runs.ts";
import type { ChartRun } from "./chart-axis.ts";

/** What a chart needs of a run changes seldom: the row of a run that trains changes ten times a second. */
type ChartFacts = Pick<Run, "id" | "name" | "steps_per_epoch" | "started_at" | "created_at">;

export const chartFacts = (runs: readonly Run[]): string =>
  JSON.stringify(
    runs.map(
      ({ id, name, steps_per_epoch, started_at, created_at }): ChartFacts => ({ id, name, steps_per_epoch, started_at, created_at }),
    ),
  );

/** @param withBatches whether what its last batches gave is drawn */
export function chartRun(run: ChartFacts, withBatches: boolean): ChartRun {
  return {
    id: run.id,
    name: run.name,
    stepsPerEpoch: run.steps_per_epoch,
    startedAt: (run.started_at ?? run.created_at) / 1000,
    withBatches,
    curve: (name) => curvesOf(run.id)?.view(name),
  };
}
