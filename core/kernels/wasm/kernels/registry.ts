/** The kernels of this backend by op. An op that is not here, or that its kernel turns down, runs through the reference kernel. */
import type { OpName } from "../../../ir/op-name.ts";
import { unary, unaryGradient } from "./activation.ts";
import { attention, attentionGradient, maskedSoftmax } from "./attention.ts";
import { batchProduct, permute, repeat, sumAxis } from "./axes.ts";
import { batchNormalization, batchNormalizationGradient, batchNormalizationInference } from "./batch-normalization.ts";
import { categoricalHinge, categoricalHingeGradient } from "./categorical-hinge.ts";
import { constrain } from "./constraint.ts";
import { addBias, conv2d, conv2dInputGradient, conv2dWeightGradient } from "./convolution.ts";
import {
  categoricalCrossEntropy,
  categoricalCrossEntropyGradient,
  softmaxCrossEntropy,
  softmaxCrossEntropyGradient,
} from "./cross-entropy.ts";
import { add, copy, dropout, fill } from "./elementwise.ts";
import { embedding, embeddingGradient } from "./embedding.ts";
import { gaussianNoise } from "./gaussian-noise.ts";
import { graphNormalization, graphProduct, graphProductGradient } from "./graph.ts";
import { interpolate, interpolateGradient } from "./interpolate.ts";
import { layerNormalization, layerNormalizationGradient } from "./layer-normalization.ts";
import { biasGradient, linear, linearInputGradient, linearWeightGradient } from "./linear.ts";
import { elementwiseLoss, elementwiseLossGradient, penalty, penaltyGradient } from "./loss.ts";
import { maskWeights } from "./mask-weights.ts";
import { extremum, extremumGradient, multiply, scale } from "./merge.ts";
import { concatenate, slice, sliceGradient } from "./movement.ts";
import { pool2d, pool2dGradient } from "./pooling.ts";
import { prelu, preluGradient } from "./prelu.ts";
import { recurrent } from "./recurrent.ts";
import { recurrentGradient } from "./recurrent-gradient.ts";
import { recurrentKernelGradient } from "./recurrent-kernel-gradient.ts";
import { multiplyChannels, rmsNormalization, rmsNormalizationGradient } from "./rms-normalization.ts";
import { sinusoid } from "./sinusoid.ts";
import { logSoftmax, logSoftmaxGradient, softmax, softmaxGradient } from "./softmax.ts";
import { findSteps, flip, maskSteps, poolSteps, poolStepsGradient } from "./steps.ts";
import type { PlacedInstruction, WasmKernel } from "./target.ts";
import {
  adadeltaUpdate,
  adagradUpdate,
  adamUpdate,
  averageUpdate,
  clipByNorm,
  clipByValue,
  nadamUpdate,
  rmspropUpdate,
  sgdUpdate,
} from "./update.ts";

const wasmKernels: Readonly<Partial<Record<OpName, WasmKernel>>> = {
  linear,
  linear_input_gradient: linearInputGradient,
  linear_weight_gradient: linearWeightGradient,
  bias_gradient: biasGradient,
  conv2d,
  conv2d_input_gradient: conv2dInputGradient,
  conv2d_weight_gradient: conv2dWeightGradient,
  add_bias: addBias,
  attention,
  attention_gradient: attentionGradient,
  masked_softmax: maskedSoftmax,
  sinusoid,
  recurrent,
  recurrent_gradient: recurrentGradient,
  recurrent_kernel_gradient: recurrentKernelGradient,
  mask_steps: maskSteps,
  find_steps: findSteps,
  pool_steps: poolSteps,
  pool_steps_gradient: poolStepsGradient,
  flip,
  pool2d,
  pool2d_gradient: pool2dGradient,
  embedding,
  embedding_gradient: embeddingGradient,
  unary,
  unary_gradient: unaryGradient,
  dropout,
  add,
  fill,
  copy,
  // The storage is shared: there is nothing to do.
  reshape: { lower: () => {} },
  concatenate,
  slice,
  slice_gradient: sliceGradient,
  scale,
  multiply,
  extremum,
  extremum_gradient: extremumGradient,
  permute,
  repeat,
  sum_axis: sumAxis,
  batch_product: batchProduct,
  batch_normalization: batchNormalization,
  batch_normalization_gradient: batchNormalizationGradient,
  batch_normalization_inference: batchNormalizationInference,
  layer_normalization: layerNormalization,
  layer_normalization_gradient: layerNormalizationGradient,
  rms_normalization: rmsNormalization,
  rms_normalization_gradient: rmsNormalizationGradient,
  multiply_channels: multiplyChannels,
  softmax,
  softmax_gradient: softmaxGradient,
  log_softmax: logSoftmax,
  log_softmax_gradient: logSoftmaxGradient,
  elementwise_loss: elementwiseLoss,
  elementwise_loss_gradient: elementwiseLossGradient,
  categorical_cross_entropy: categoricalCrossEntropy,
  categorical_cross_entropy_gradient: categoricalCrossEntropyGradient,
  softmax_cross_entropy: softmaxCrossEntropy,
  softmax_cross_entropy_gradient: softmaxCrossEntropyGradient,
  categorical_hinge: categoricalHinge,
  categorical_hinge_gradient: categoricalHingeGradient,
  gaussian_noise: gaussianNoise,
  mask_weights: maskWeights,
  interpolate,
  interpolate_gradient: interpolateGradient,
  graph_normalization: graphNormalization,
  graph_product: graphProduct,
  graph_product_gradient: graphProductGradient,
  penalty,
  penalty_gradient: penaltyGradient,
  sgd_update: sgdUpdate,
  adam_update: adamUpdate,
  nadam_update: nadamUpdate,
  rmsprop_update: rmspropUpdate,
  adadelta_update: adadeltaUpdate,
  adagrad_update: adagradUpdate,
  prelu,
  prelu_gradient: preluGradient,
  average_update: averageUpdate,
  constrain,
  clip_by_value: clipByValue,
  clip_by_norm: clipByNorm,
};

/** The kernel that takes this instruction; undefined where the reference kernel does. */
export function wasmKernelFor(instruction: PlacedInstruction): WasmKernel | undefined {
  const kernel = wasmKernels[instruction.op];
  return kernel === undefined || kernel.supports?.(instruction) === false ? undefined : kernel;
}
