/** From an output's encoding and loss to what metrics ask, and its rows as they want them. */
import type { TargetLayout } from "../data/rows.ts";
import type { MetricRows, MetricTask } from "./metric.ts";

/** What training options say of figures. */
export interface AskedFigures {
  readonly top_k?: number;
  readonly metrics?: readonly string[];
}

/**
 * @param expects what the output's loss expects of predictions (core/losses/loss.ts)
 * @param width   numbers a row that the output gives
 * @param asked   the k of top-k accuracy, and the figures that are to have a curve
 */
export function taskOf(
  layout: Pick<TargetLayout, "encoding" | "columns">,
  expects: string,
  width: number,
  { top_k: topK = DEFAULT_TOP_K, metrics = [] }: AskedFigures = {},
): MetricTask {
  const { encoding } = layout;
  const base = { encoding, threshold: encoding === "sign" ? 0 : 0.5, ...(metrics.length === 0 ? {} : { curves: metrics }) };
  switch (encoding) {
    case "value":
      return { ...base, kind: "numbers", count: width, probabilities: false };
    case "binary":
      return { ...base, kind: "two_classes", count: 2, probabilities: expects === "each_probability" };
    case "multi_binary":
      return { ...base, kind: "labels", count: width, probabilities: expects === "each_probability" };
    case "class_index":
    case "one_hot":
      return { ...base, kind: "classes", count: width, probabilities: expects === "row_probabilities", topK };
    case "sign":
      if (width === 1) return { ...base, kind: "two_classes", count: 2, probabilities: false };
      return { ...base, kind: layout.columns.length > 1 ? "labels" : "classes", count: width, probabilities: false, topK };
    default:
      return encoding satisfies never;
  }
}

/** A class among the first five is near enough for top-k accuracy where nothing else is asked, as in Keras and in ImageNet's reports. */
export const DEFAULT_TOP_K = 5;

export const topKOf = ({ topK = DEFAULT_TOP_K }: Pick<MetricTask, "topK">): number => topK;

/** Numbers a row of the predictions. */
export const widthOf = ({ kind, count }: MetricTask): number => (kind === "two_classes" ? 1 : count);

/**
 * Rows in the form of MetricRows.
 * @param targets as encoded: `[rows]` of class indices, else `[rows, width]`
 */
export function metricRows(
  task: MetricTask,
  predictions: ArrayLike<number>,
  targets: ArrayLike<number>,
  rows: number,
  weights: ArrayLike<number> | null,
): MetricRows {
  return { rows, predictions, targets: canonical(task, targets, rows), weights };
}

function canonical({ kind, encoding, count, threshold }: MetricTask, targets: ArrayLike<number>, rows: number): ArrayLike<number> {
  if (kind === "numbers" || encoding === "class_index" || (encoding !== "sign" && kind !== "classes")) return targets;
  if (kind === "classes") return Int32Array.from({ length: rows }, (_, row) => largest(targets, row * count, count));
  return Uint8Array.from({ length: targets.length }, (_, i) => ((targets[i] as number) > threshold ? 1 : 0));
}

/** From above which prediction of label `k` it holds. */
export const thresholdOf = ({ threshold, labelThresholds }: Pick<MetricTask, "threshold" | "labelThresholds">, k: number): number =>
  labelThresholds?.[k] ?? threshold;

/** The class that row `row` is taken for, of a task of classes. */
export function classSaid({ kind, count, threshold, secondAbove }: MetricTask, predictions: ArrayLike<number>, row: number): number {
  if (kind === "two_classes") return (predictions[row] as number) > threshold ? 1 : 0;
  if (secondAbove !== undefined) return (predictions[row * count + 1] as number) > secondAbove ? 1 : 0;
  return largest(predictions, row * count, count);
}

/** Index of the largest of `width` numbers from `start`; the first when several are. */
export function largest(values: ArrayLike<number>, start: number, width: number): number {
  let best = 0;
  for (let k = 1; k < width; k++) if ((values[start + k] as number) > (values[start + best] as number)) best = k;
  return best;
}
