/** The best threshold for an aim: the run says what it predicts of each row, and of many rows a worker looks through all of them. */
import type { HostHandlers } from "../../../core/protocol/host.ts";
import { bestThreshold } from "../../../core/train/best-threshold.ts";
import { answered, type StartTask } from "../../engine/task-handle.ts";
import type { RowPredictions } from "./row-predictions.ts";
import { ROWS_SHARE } from "./slices.ts";
import { stretchOf, taskOptions, type WatchedQuestions } from "./watched-questions.ts";

/** So many are looked through sooner than a worker starts. */
const FEW_ROWS = 10_000;

export interface ThresholdSurroundings {
  readonly predictions: RowPredictions;
  readonly questions: WatchedQuestions;
  readonly startTask: StartTask;
}

export function thresholdHandlers({ predictions, questions, startTask }: ThresholdSurroundings): Pick<HostHandlers, "runs.best_threshold"> {
  return {
    "runs.best_threshold": ({ task_id, id, part, dataset_id: other, node_id, label, aim }) =>
      questions.ask(task_id, async (watch) => {
        const rows = await predictions.of(id, part, node_id, other ?? null, stretchOf(watch, 0, ROWS_SHARE));
        if (rows.rows <= FEW_ROWS) return { point: bestThreshold(rows, label, aim) };
        const answer = await startTask({ kind: "best_threshold", rows, label, aim }, taskOptions(watch));
        return { point: answered(answer, "best_threshold").point };
      }),
  };
}
