/** What golden values of metrics are made from: scikit-learn's functions on scores with many ties, on classes, on numbers. */
import { Drawing } from "./drawing.ts";

export interface MetricsJob {
  readonly kind: "metrics";
  readonly name: string;
  readonly targets: readonly number[];
  readonly scores: readonly number[];
  /** The classes that the scores mean. */
  readonly labels: readonly number[];
  /** Expressions over metrics, targets, scores and labels. */
  readonly metrics: readonly string[];
}
export interface MetricsCase extends MetricsJob {
  readonly result: Readonly<Record<string, number>>;
}

export const AUC = "metrics.roc_auc_score(targets, scores)";
export const ACCURACY = "metrics.accuracy_score(targets, labels)";
export const MAE = "metrics.mean_absolute_error(targets, scores)";
export const RMSE = "metrics.root_mean_squared_error(targets, scores)";
export const R2 = "metrics.r2_score(targets, scores)";

const ROWS = 200;

export function metricsJobs(): MetricsJob[] {
  const drawing = new Drawing(4000);
  const binary = drawing.oneOf([ROWS], [0, 1]).values;
  // Eight values for 200 rows: most pairs that matter are ties.
  const tied = drawing
    .oneOf([ROWS], [0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1])
    .values.map((score, i) => Math.min(1, score + 0.25 * (binary[i] ?? 0)));
  const numbers = drawing.between([ROWS], 900_000, 900_010).values;
  const near = numbers.map((value, i) => value + (drawing.signed([ROWS], 2).values[i] ?? 0));
  return [
    {
      kind: "metrics",
      name: "two classes, scores with ties",
      targets: binary,
      scores: tied,
      labels: tied.map((score) => (score > 0.5 ? 1 : 0)),
      metrics: [AUC, ACCURACY],
    },
    { kind: "metrics", name: "large numbers that differ little", targets: numbers, scores: near, labels: [], metrics: [MAE, RMSE, R2] },
  ];
}
