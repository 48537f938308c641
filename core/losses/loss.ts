/** What a loss is: its words, what it wants of predictions and targets, and which op computes it. */
import type { TargetEncoding } from "../data/rows.ts";
import type { Attributes } from "../ir/tensor.ts";

export interface LossDefinition {
  readonly name: string;
  readonly texts: Readonly<Record<"en" | "zh", { readonly label: string; readonly summary: string }>>;
  /**
   * What the prediction should be: any value, a probability of its own each, probabilities that sum to one, a signed score,
   * or one score a class.
   */
  readonly expects: "values" | "each_probability" | "row_probabilities" | "scores" | "row_scores";
  /** Encodings of the target, best first. */
  readonly encodings: readonly TargetEncoding[];
  /** Computed number by number by `elementwise_loss`, or by an op of its own on rows. */
  readonly op: "elementwise_loss" | "categorical_cross_entropy" | "categorical_hinge";
  /** Says nothing of targets below zero: counts. */
  readonly counts?: true;
  /** Takes targets that are drawn towards the middle. */
  readonly smoothsLabels?: true;
  /** Expression in PyTorch over prediction p and target t, with label smoothing where the loss takes it. */
  readonly pytorch: (p: string, t: string, labelSmoothing: number) => string;
  readonly keras: string;
}

export interface LossImplementation {
  readonly value: (prediction: number, target: number) => number;
  /** d value / d prediction. */
  readonly derivative: (prediction: number, target: number) => number;
  /** The loss of a row is the sum over its last axis and not the mean. */
  readonly sumsRows?: true;
}

/** Probabilities are kept this far from 0 and 1 before a logarithm is taken (Keras's epsilon). */
export const PROBABILITY_EPSILON = 1e-7;

/** Attributes of the loss's op. `smoothing` is there only when labels are smoothed: t·(1 − s) + s / (number of classes). */
export function lossAttributes({ name, op, smoothsLabels }: LossDefinition, weight: number, labelSmoothing: number): Attributes {
  const smoothing = smoothsLabels === true && labelSmoothing !== 0 ? { smoothing: labelSmoothing } : {};
  return op === "elementwise_loss" ? { function: name, weight, ...smoothing } : { weight, ...smoothing };
}
