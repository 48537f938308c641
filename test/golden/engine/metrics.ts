/**
 * What golden values of metrics are made from: scikit-learn's functions on two classes with many ties, several classes, labels and
 * numbers, with and without weights of rows. Expressions are over y (targets), s (scores), p (predicted classes), w (weights).
 */
import type { MetricTask } from "../../../core/metrics/metric.ts";
import { Drawing } from "./drawing.ts";

type Numbers = readonly number[];

export interface MetricsJob {
  readonly kind: "metrics";
  readonly name: string;
  readonly task: MetricTask;
  readonly rows: number;
  /** As MetricRows has them. */
  readonly targets: Numbers;
  readonly predictions: Numbers;
  readonly weights: Numbers | null;
  /** By the name of the figure, or of the detail: `roc`, `precision_recall`, `confusion`, `bins`, `per_class`. */
  readonly expressions: Readonly<Record<string, string>>;
}
export interface MetricsCase extends MetricsJob {
  /** null for what is not a number. */
  readonly result: Readonly<Record<string, number | null | Numbers | readonly Numbers[]>>;
}

const ROWS = 200;

const averages = (name: string): Record<string, string> =>
  Object.fromEntries(
    ["macro", "micro", "weighted"].map((average) => [
      `${name}_${average}`,
      `metrics.${name}_score(y, p, average='${average}', sample_weight=w, zero_division=0)`,
    ]),
  );
const everyAverage = { ...averages("precision"), ...averages("recall"), ...averages("f1") };
const PER_CLASS = "[list(x) for x in metrics.precision_recall_fscore_support(y, p, labels=range(K), sample_weight=w, zero_division=0)[:3]]";

const twoClasses: Record<string, string> = {
  accuracy: "metrics.accuracy_score(y, p, sample_weight=w)",
  precision: "metrics.precision_score(y, p, sample_weight=w, zero_division=0)",
  recall: "metrics.recall_score(y, p, sample_weight=w, zero_division=0)",
  f1: "metrics.f1_score(y, p, sample_weight=w, zero_division=0)",
  ...everyAverage,
  auc: "metrics.roc_auc_score(y, s, sample_weight=w)",
  average_precision: "metrics.average_precision_score(y, s, sample_weight=w)",
  per_class: PER_CLASS,
  confusion: "metrics.confusion_matrix(y, p, sample_weight=w).tolist()",
  roc: "[list(x) for x in metrics.roc_curve(y, s, sample_weight=w)[:2]]",
  precision_recall: "[list(x)[::-1] for x in metrics.precision_recall_curve(y, s, sample_weight=w)[:2]]",
};
const probabilities: Record<string, string> = {
  brier_score: "metrics.brier_score_loss(y, s, sample_weight=w)",
  log_loss: "metrics.log_loss(y, s, labels=range(K), sample_weight=w)",
};
// scikit-learn's calibration_curve takes no weights, and leaves empty bins out.
const calibrated: Record<string, string> = {
  bins: "[list(x) for x in calibration_curve(hit, sure, n_bins=10)][::-1]",
  expected_calibration_error:
    "(lambda o, e, n: sum(abs(o - e) * n[n > 0]) / sum(n))(*calibration_curve(hit, sure, n_bins=10), np.bincount(np.searchsorted(np.linspace(0, 1, 11)[1:-1], sure), minlength=10))",
};
const manyClasses: Record<string, string> = {
  accuracy: twoClasses["accuracy"] ?? "",
  ...everyAverage,
  per_class: PER_CLASS,
  confusion: "metrics.confusion_matrix(y, p, labels=range(K), sample_weight=w).tolist()",
};
const everyArea: Record<string, string> = {
  auc_macro: "metrics.roc_auc_score(Y, s, average='macro', sample_weight=w)",
  auc_weighted: "metrics.roc_auc_score(Y, s, average='weighted', sample_weight=w)",
  average_precision_macro: "metrics.average_precision_score(Y, s, average='macro', sample_weight=w)",
  average_precision_weighted: "metrics.average_precision_score(Y, s, average='weighted', sample_weight=w)",
};
const errors: Record<string, string> = {
  mae: "metrics.mean_absolute_error(y, s, sample_weight=w)",
  rmse: "metrics.root_mean_squared_error(y, s, sample_weight=w)",
  r2: "metrics.r2_score(y, s, sample_weight=w)",
  mape: "metrics.mean_absolute_percentage_error(y, s, sample_weight=w)",
};
const logarithmic = { rmsle: "metrics.root_mean_squared_log_error(y, s, sample_weight=w)" };

const two: MetricTask = { kind: "two_classes", count: 2, probabilities: true, threshold: 0.5, encoding: "binary" };
const signed: MetricTask = { ...two, probabilities: false, threshold: 0, encoding: "sign" };
const several = (count: number, isProbable = true): MetricTask => ({
  kind: "classes",
  count,
  probabilities: isProbable,
  threshold: 0.5,
  encoding: "class_index",
});
const labels: MetricTask = { kind: "labels", count: 3, probabilities: true, threshold: 0.5, encoding: "multi_binary" };
const numbers = (count: number): MetricTask => ({ kind: "numbers", count, probabilities: false, threshold: 0.5, encoding: "value" });

/** Rows of `count` probabilities in steps of 1/1024 that sum to one, drawn towards the class of the row. */
function rowsOfProbabilities(drawing: Drawing, classes: Numbers, count: number): number[] {
  return classes.flatMap((own) => {
    const parts = drawing.between([count], 0.05, 1).values.map((value, k) => (k === own ? value + 0.5 : value));
    const total = parts.reduce((sum, value) => sum + value, 0);
    const rounded = parts.map((value) => Math.floor((value / total) * 1024));
    rounded[0] = (rounded[0] ?? 0) + 1024 - rounded.reduce((sum, value) => sum + value, 0);
    return rounded.map((value) => value / 1024);
  });
}

type Given = Omit<MetricsJob, "kind" | "rows" | "weights"> & { readonly rows?: number };

/** The same rows, all counting the same and with weights, some of them 0. */
function bothWays(given: Given, unweightedOnly: Record<string, string> = {}): MetricsJob[] {
  const rows = given.rows ?? ROWS;
  const drawing = new Drawing(4900 + given.name.length);
  const weights = drawing.oneOf([rows], [0, 0.5, 1, 1, 2, 3.25]).values;
  return [
    { ...given, kind: "metrics", rows, weights: null, expressions: { ...given.expressions, ...unweightedOnly } },
    { ...given, kind: "metrics", rows, weights, name: `${given.name}, weighted` },
  ];
}

export function metricsJobs(): MetricsJob[] {
  return [...twoClassJobs(), ...classJobs(), ...labelJobs(), ...numberJobs()];
}

function twoClassJobs(): MetricsJob[] {
  const drawing = new Drawing(4000);
  const binary = drawing.oneOf([ROWS], [0, 1]).values;
  // Eight values for 200 rows: most pairs that matter are ties.
  const tied = drawing
    .oneOf([ROWS], [0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1])
    .values.map((score, i) => Math.min(1, score + 0.25 * (binary[i] ?? 0)));
  const fine = drawing.between([ROWS], 0, 0.75).values.map((score, i) => score + 0.25 * (binary[i] ?? 0));
  const scores = fine.map((score) => 4 * score - 2);
  return [
    ...bothWays(
      { name: "two classes, ties", task: two, targets: binary, predictions: tied, expressions: { ...twoClasses, ...probabilities } },
      calibrated,
    ),
    ...bothWays(
      { name: "two classes, no ties", task: two, targets: binary, predictions: fine, expressions: { ...twoClasses, ...probabilities } },
      calibrated,
    ),
    ...bothWays({ name: "two classes, signed scores", task: signed, targets: binary, predictions: scores, expressions: twoClasses }),
  ];
}

function classJobs(): MetricsJob[] {
  const drawing = new Drawing(4001);
  const five = drawing.classes([ROWS], 5).values;
  const rare = five.map((value) => (value === 3 ? 1 : value));
  const twelve = drawing.classes([ROWS], 12).values;
  const top = (k: number): Record<string, string> => ({
    [`top_${k}_accuracy`]: `metrics.top_k_accuracy_score(y, s, k=${k}, labels=range(K), sample_weight=w)`,
  });
  const twelveTied = drawing.oneOf([ROWS, 12], [-1, -0.5, 0, 0.5, 1]).values;
  return [
    ...bothWays(
      {
        name: "five classes",
        task: several(5),
        targets: five,
        predictions: rowsOfProbabilities(drawing, five, 5),
        expressions: {
          ...manyClasses,
          ...everyArea,
          ...probabilities,
          perplexity: "np.exp(metrics.log_loss(y, s, labels=range(K), sample_weight=w))",
        },
      },
      calibrated,
    ),
    ...bothWays({
      name: "five classes of which one never occurs",
      task: several(5, false),
      targets: rare,
      // And is never predicted.
      predictions: rowsOfProbabilities(drawing, rare, 5).map((value, i) => (i % 5 === 3 ? 0 : value)),
      expressions: manyClasses,
    }),
    ...bothWays({
      name: "twelve classes, scores with ties",
      task: several(12, false),
      targets: twelve,
      predictions: twelveTied,
      expressions: { ...manyClasses, ...top(5) },
    }),
    ...[1, 3, 11].flatMap((k) =>
      bothWays({
        name: `twelve classes, top ${k}`,
        task: { ...several(12, false), topK: k },
        targets: twelve,
        predictions: twelveTied,
        expressions: { ...manyClasses, ...top(k) },
      }),
    ),
  ];
}

function labelJobs(): MetricsJob[] {
  const drawing = new Drawing(4002);
  const targets = drawing.oneOf([ROWS, 3], [0, 1, 1]).values;
  const predictions = drawing.between([ROWS, 3], 0, 0.75).values.map((score, i) => score + 0.25 * (targets[i] ?? 0));
  return bothWays({
    name: "three labels",
    task: labels,
    targets,
    predictions,
    expressions: {
      accuracy: "1 - metrics.hamming_loss(y, p, sample_weight=w)",
      exact_match: "metrics.accuracy_score(y, p, sample_weight=w)",
      ...everyAverage,
      ...everyArea,
      per_class: "[list(x) for x in metrics.precision_recall_fscore_support(y, p, sample_weight=w, zero_division=0)[:3]]",
    },
  });
}

function numberJobs(): MetricsJob[] {
  const drawing = new Drawing(4003);
  const large = drawing.between([ROWS], 900_000, 900_010).values;
  const noise = drawing.signed([ROWS], 2).values;
  const positive = drawing.between([ROWS, 2], 0, 20).values;
  const signedTargets = drawing.signed([ROWS, 2], 5).values;
  return [
    ...bothWays({
      name: "large numbers that differ little",
      task: numbers(1),
      targets: large,
      predictions: large.map((value, i) => value + (noise[i] ?? 0)),
      expressions: { ...errors, ...logarithmic },
    }),
    ...bothWays({
      name: "two columns of positive numbers",
      task: numbers(2),
      targets: positive,
      predictions: drawing.between([ROWS, 2], 0, 20).values.map((value, i) => (value + 3 * (positive[i] ?? 0)) / 4),
      expressions: { ...errors, ...logarithmic },
    }),
    ...bothWays({
      name: "two columns of signed numbers",
      task: numbers(2),
      targets: signedTargets,
      predictions: drawing.signed([ROWS, 2], 5).values,
      expressions: errors,
    }),
    ...bothWays({
      name: "a column that never varies",
      task: numbers(1),
      rows: 3,
      targets: [2, 2, 2],
      predictions: [2, 2.5, 2],
      expressions: errors,
    }),
  ];
}
