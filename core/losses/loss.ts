/** What a loss is: its words, what it wants of predictions and targets, and which op computes it. */
import type { TargetEncoding } from "../data/prepared.ts";

export interface LossDefinition {
  readonly name: string;
  readonly texts: Readonly<Record<"en" | "zh", { readonly label: string; readonly summary: string }>>;
  /** What the prediction should be: any value, a probability of its own each, probabilities that sum to one, or a signed score. */
  readonly expects: "values" | "each_probability" | "row_probabilities" | "scores";
  /** Encodings of the target, best first. */
  readonly encodings: readonly TargetEncoding[];
  /** Computed number by number by `elementwise_loss`, or by an op of its own on rows. */
  readonly op: "elementwise_loss" | "categorical_cross_entropy";
  /** Expression in PyTorch over prediction p and target t. */
  readonly pytorch: (p: string, t: string) => string;
  readonly keras: string;
}

export interface LossImplementation {
  readonly value: (prediction: number, target: number) => number;
  /** d value / d prediction. */
  readonly derivative: (prediction: number, target: number) => number;
}

/** Probabilities are kept this far from 0 and 1 before a logarithm is taken (Keras's epsilon). */
export const PROBABILITY_EPSILON = 1e-7;
