/** A model that decides by another threshold: made in the thread that has it open. */
import { AppError } from "../../../core/errors.ts";
import { withThreshold } from "../../../core/export/json/model-json.ts";
import type { MetricTask } from "../../../core/metrics/metric.ts";
import { thresholdOf } from "../../../core/metrics/task.ts";
import { type Predictor, takesThresholds } from "../../../core/train/model.ts";

/** From above which probability an answer is a yes where nothing was chosen. */
const USUAL = 0.5;

export interface ChosenThreshold {
  /** Of an output. */
  readonly nodeId: string;
  /** Null: the usual one. */
  readonly threshold: number | null;
  /** Of an output with several labels: which one. */
  readonly label: number | null;
}

/** @returns text of the model file. @throws AppError run.threshold_not_here */
export function withChosenThreshold({ outputs, model }: Predictor, { nodeId, threshold, label }: ChosenThreshold): string {
  const output = outputs.find(({ layer }) => layer.id === nodeId);
  const wanted = label === null ? "one" : "one_a_label";
  if (output === undefined || takesThresholds(output) !== wanted || (label ?? 0) >= output.task.count)
    throw new AppError("run.threshold_not_here", { name: output?.layer.name ?? nodeId });
  return withThreshold(model, nodeId, label === null ? threshold : labelThresholds(output.task, label, threshold));
}

/** Those of all labels with another one of label `label`; null where each is one half. */
function labelThresholds(task: MetricTask, label: number, chosen: number | null): number[] | null {
  const all = Array.from({ length: task.count }, (_, k) => (k === label ? (chosen ?? USUAL) : thresholdOf(task, k)));
  return all.every((one) => one === USUAL) ? null : all;
}
