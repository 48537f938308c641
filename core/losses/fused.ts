/**
 * Losses that are never chosen by name: the pass in core/ir/passes puts them where an activation that gives
 * probabilities meets its cross-entropy. On logits they neither overflow nor lose digits.
 */
import type { LossImplementation } from "./loss.ts";

/** max(z, 0) − z·t + log(1 + e^−|z|), which is binary cross-entropy of sigmoid(z) (as PyTorch's BCEWithLogitsLoss). */
export const sigmoidBinaryCrossEntropy: LossImplementation = {
  value: (z, t) => Math.max(z, 0) - z * t + Math.log1p(Math.exp(-Math.abs(z))),
  derivative: (z, t) => 1 / (1 + Math.exp(-z)) - t,
};
