/**
 * What stands above each threshold: the one sorted pass from which ROC and precision–recall curves and their areas come
 * (as scikit-learn's, ties taken together, rows weighted).
 */
import type { MetricRows, MetricTask } from "./metric.ts";

/** One entry for each distinct score, the highest first: the weight of false and of true yes at or above it. */
export interface ThresholdCounts {
  readonly thresholds: Float64Array;
  readonly falseYes: Float64Array;
  readonly trueYes: Float64Array;
}

/** @param isYes [rows] */
export function thresholdCounts(
  scores: ArrayLike<number>,
  isYes: (row: number) => boolean,
  weights: ArrayLike<number> | null,
): ThresholdCounts {
  const kept: number[] = [];
  for (let row = 0; row < scores.length; row++) if (weights === null || (weights[row] as number) > 0) kept.push(row);
  const order = Uint32Array.from(kept).sort((a, b) => (scores[b] as number) - (scores[a] as number));
  const [thresholds, falseYes, trueYes]: number[][] = [[], [], []];
  let [no, yes] = [0, 0];
  for (let i = 0; i < order.length; ) {
    const score = scores[order[i] as number] as number;
    for (; i < order.length && scores[order[i] as number] === score; i++) {
      const row = order[i] as number;
      const weight = weights === null ? 1 : (weights[row] as number);
      if (isYes(row)) yes += weight;
      else no += weight;
    }
    thresholds?.push(score);
    falseYes?.push(no);
    trueYes?.push(yes);
  }
  return {
    thresholds: Float64Array.from(thresholds ?? []),
    falseYes: Float64Array.from(falseYes ?? []),
    trueYes: Float64Array.from(trueYes ?? []),
  };
}

/** Which classes are asked for, one against the rest: yes alone of two classes, every class or label of several. */
export function askedClasses({ kind, count }: MetricTask): readonly number[] {
  return kind === "two_classes" ? [1] : Array.from({ length: count }, (_, k) => k);
}

/** Counts of one class or label against the rest. */
export function countsOfClass(task: MetricTask, { rows, predictions, targets, weights }: MetricRows, index: number): ThresholdCounts {
  if (task.kind === "two_classes") return thresholdCounts(predictions, (row) => (targets[row] as number) > 0.5, weights);
  const { count } = task;
  const scores = Float64Array.from({ length: rows }, (_, row) => predictions[row * count + index] as number);
  const isYes =
    task.kind === "labels"
      ? (row: number): boolean => (targets[row * count + index] as number) > 0.5
      : (row: number): boolean => targets[row] === index;
  return thresholdCounts(scores, isYes, weights);
}

/** Points of a curve that is handed out: more than the eye or a slider can tell apart are thinned; areas never are. */
const MOST_POINTS = 400;

/** Indices of at most MOST_POINTS of `count` points, the first and the last among them. */
export function thinned(count: number): number[] {
  if (count <= MOST_POINTS) return Array.from({ length: count }, (_, i) => i);
  return Array.from({ length: MOST_POINTS }, (_, i) => Math.round((i * (count - 1)) / (MOST_POINTS - 1)));
}

/** Mean over classes of an area, and weighted by how often each occurs; NaN where one has none. */
export function meanAreas(areas: readonly number[], shares: readonly number[]): { macro: number; weighted: number } {
  const total = shares.reduce((sum, share) => sum + share, 0);
  return {
    macro: areas.reduce((sum, area) => sum + area, 0) / areas.length,
    weighted: areas.reduce((sum, area, k) => sum + area * (shares[k] ?? 0), 0) / total,
  };
}
