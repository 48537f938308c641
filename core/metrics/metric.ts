/**
 * What a metric is: its words, which targets and predictions it can be asked of, and (apart, in implementation.ts) its
 * maths. Metrics are computed exactly over a whole set, never averaged over batches, and weighted by the rows' weights.
 */
import type { TargetEncoding } from "../data/rows.ts";

/**
 * What an output is asked: numbers; yes or no; one of several classes; several yes-or-no answers a row. Made by taskOf
 * (task.ts) from the encoding of the target and what the loss expects.
 */
export interface MetricTask {
  readonly kind: "numbers" | "two_classes" | "classes" | "labels";
  /** Numbers, classes or labels a row; 2 for two classes. */
  readonly count: number;
  /** Predictions are probabilities: of yes each, or of the classes, summing to one. */
  readonly probabilities: boolean;
  /** A prediction above it means yes: 0.5 for probabilities, 0 for signed scores. */
  readonly threshold: number;
  /** Of several labels whose thresholds were chosen: that of each, in place of `threshold`. */
  readonly labelThresholds?: readonly number[];
  /** Of two classes with a probability each: the second is said above this probability of it; left out, the likelier one is said. */
  readonly secondAbove?: number;
  /** Of several classes: a class among so many of the likeliest is near enough for top-k accuracy; 5 where it is left out. */
  readonly topK?: number;
  /** Figures that were chosen to have a curve, by name; left out, the usual ones have one. */
  readonly curves?: readonly string[];
  /** Of numbers that are learnt as logarithms: who asks that thinks in ratios. */
  readonly logarithmic?: boolean;
  readonly encoding: TargetEncoding;
}

/** Rows as a metric sees them. Predictions of numbers are in the target's own units. */
export interface MetricRows {
  readonly rows: number;
  /** Row-major `[rows, count]`; of two classes `[rows]`, the score of the second. */
  readonly predictions: ArrayLike<number>;
  /** Numbers `[rows, count]`; classes `[rows]` by index (0 or 1 of two); labels `[rows, count]`, 0 or 1. */
  readonly targets: ArrayLike<number>;
  /** `[rows]`, not negative; null for rows that all count the same. */
  readonly weights: ArrayLike<number> | null;
}

/** By name; NaN where a figure is not defined for these rows (an area without negatives …). */
export type Figures = Readonly<Record<string, number>>;

/** The words of one figure. */
export interface FigureTexts {
  readonly en: string;
  readonly zh: string;
}

export interface MetricDefinition {
  readonly name: string;
  readonly texts: Readonly<Record<"en" | "zh", { readonly label: string; readonly summary: string }>>;
  /** Scalars that it gives, by the names under which they are reported and kept; `#` stands for the task's k (figure-names.ts). */
  readonly figures: Readonly<Record<string, FigureTexts>>;
  readonly better: "higher" | "lower";
  /** Place among the charts and in tables; lower comes first. */
  readonly rank: number;
  readonly appliesTo: (task: MetricTask) => boolean;
  /** Those of its figures that this task has, where it is not all of them. */
  readonly has?: (task: MetricTask) => readonly string[];
  /** Figures that have a curve where none was chosen: reported after every epoch. Those of `wholeOnly` for validation only. */
  readonly eachEpoch: (task: MetricTask) => readonly string[];
  /** Needs all rows at once (it sorts them), so that running figures of an epoch cannot have it. */
  readonly wholeOnly?: true;
  /** Needs sums that training leaves out of its running figures where nobody asks for them (Tally). */
  readonly fullSums?: true;
  /** Of scikit-learn, for documentation and golden values. */
  readonly source: string;
}

/** A curve over thresholds. */
export interface MetricCurve {
  readonly kind: "roc" | "precision_recall";
  /** Index of the class or label that counts as yes. */
  readonly classIndex: number;
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Of each point; null where nothing is above it. */
  readonly thresholds: readonly (number | null)[];
  readonly area: number;
  /** Of a ROC curve whether every threshold that may be the best for some aim is among its points. */
  readonly exact?: boolean;
}

/** Predictions of like confidence, and how often they were right. */
export interface CalibrationBin {
  readonly from: number;
  readonly to: number;
  readonly rows: number;
  /** Sum of the weights of the rows. */
  readonly weight: number;
  /** Mean predicted probability and share that is true; null where there are no rows. */
  readonly predicted: number | null;
  readonly observed: number | null;
}

/** What a metric shows beside scalars. */
export interface MetricDetails {
  /** A number for each class or label (or column of numbers), by the name of the column in a table. */
  readonly perClass?: Readonly<Record<string, readonly number[]>>;
  readonly curves?: readonly MetricCurve[];
  /** Rows are the true classes, columns the predicted ones. */
  readonly matrix?: readonly (readonly number[])[];
  readonly bins?: readonly CalibrationBin[];
}

/** Sums from which every figure that needs no sorting follows (tally.ts). */
export interface Tally {
  readonly task: MetricTask;
  /** False while training: sums that only the full evaluation asks for are then left out, because they take logarithms. */
  readonly full: boolean;
  /** Changed in place; plain numbers, so that a checkpoint keeps them as they are. */
  readonly sums: number[];
}

export interface MetricImplementation {
  /** From sums that grow row by row; absent where all rows are needed at once. */
  readonly running?: (tally: Tally) => Figures;
  /** From all rows. */
  readonly whole?: (task: MetricTask, rows: MetricRows) => Figures;
  readonly details?: (task: MetricTask, rows: MetricRows, tally: Tally) => MetricDetails;
}
