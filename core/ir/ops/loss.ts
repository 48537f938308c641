/**
 * Losses: scalars of shape [1], the mean over all elements (or rows) times `weight`. An optional third input holds one
 * weight a row (class weights, sample weights): each row's loss is multiplied by it before the mean over all rows.
 */
import { at, type GradientContext, type OpDefinition } from "../op.ts";
import type { OpName } from "../op-name.ts";
import { sizeOf, type Tensor } from "../tensor.ts";

const toPrediction =
  (op: OpName) =>
  ({ builder, inputs, outputGradients, attributes }: GradientContext): (Tensor | null)[] => {
    const dLoss = at(outputGradients, 0);
    if (dLoss === null) return inputs.map(() => null);
    return [builder.one(op, [dLoss, ...inputs], attributes), ...inputs.slice(1).map(() => null)];
  };

/**
 * Inputs prediction [N, ..], target of the same size, (row weights [N]); attributes `function` (of core/losses),
 * `weight`, and `smoothing` s where labels are smoothed: the target is t·(1 − s) + s/2.
 */
export const elementwiseLoss: OpDefinition = {
  outputShapes: ([prediction, target]) => {
    if (sizeOf(prediction ?? []) !== sizeOf(target ?? [])) throw new Error("loss: prediction and target differ in size");
    return [[1]];
  },
  gradient: toPrediction("elementwise_loss_gradient"),
};

/** Inputs dLoss [1], prediction, target, (row weights); output the gradient of the prediction. */
export const elementwiseLossGradient: OpDefinition = { outputShapes: ([, prediction]) => [prediction ?? []] };

/**
 * Inputs probabilities [M, K], class index [M], (row weights [M]): −log p[class], p kept within 1e-7 of 0 and 1. With the
 * attribute `smoothing` s, −(1 − s)·log p[class] − s/K · Σ log p.
 */
export const categoricalCrossEntropy: OpDefinition = {
  outputShapes: () => [[1]],
  gradient: toPrediction("categorical_cross_entropy_gradient"),
};
export const categoricalCrossEntropyGradient: OpDefinition = { outputShapes: ([, p]) => [p ?? []] };

/** Like categorical_cross_entropy of softmax(logits), computed as log Σ exp(z) − z[class]. */
export const softmaxCrossEntropy: OpDefinition = {
  outputShapes: () => [[1]],
  gradient: toPrediction("softmax_cross_entropy_gradient"),
};
export const softmaxCrossEntropyGradient: OpDefinition = { outputShapes: ([, z]) => [z ?? []] };

/** Inputs scores [M, K], class index [M], (row weights [M]): max(0, 1 + max((1 − t)·z) − z[class]), t being 1 at the class (Keras). */
export const categoricalHinge: OpDefinition = {
  outputShapes: () => [[1]],
  gradient: toPrediction("categorical_hinge_gradient"),
};
export const categoricalHingeGradient: OpDefinition = { outputShapes: ([, z]) => [z ?? []] };

/** l1 · Σ|w| + l2 · Σw², a scalar [1]. */
export const penalty: OpDefinition = {
  outputShapes: () => [[1]],
  gradient: ({ builder, inputs, outputGradients, attributes }) => {
    const dLoss = at(outputGradients, 0);
    return [dLoss === null ? null : builder.one("penalty_gradient", [dLoss, at(inputs, 0)], attributes)];
  },
};
/** Inputs dLoss [1], w; output (l1 · sign(w) + 2 · l2 · w) · dLoss, sign(0) = 0. */
export const penaltyGradient: OpDefinition = { outputShapes: ([, w]) => [w ?? []] };
