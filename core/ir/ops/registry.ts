/** All ops by name. Every backend has a kernel for every name: a forgotten one is a compile error there. */
import type { OpDefinition } from "../op.ts";
import type { OpName } from "../op-name.ts";
import { attention, attentionGradient, maskedSoftmax } from "./attention.ts";
import { permute, repeat, sumAxis } from "./axes.ts";
import { constrain } from "./constraint.ts";
import { addBias, conv2d, conv2dInputGradient, conv2dWeightGradient } from "./convolution.ts";
import { add, copy, dropout, fill, unary, unaryGradient } from "./elementwise.ts";
import { embedding, embeddingGradient } from "./embedding.ts";
import { graphNormalization, graphProduct, graphProductGradient } from "./graph.ts";
import { interpolate, interpolateGradient } from "./interpolate.ts";
import { biasGradient, linear, linearInputGradient, linearWeightGradient } from "./linear.ts";
import {
  categoricalCrossEntropy,
  categoricalCrossEntropyGradient,
  categoricalHinge,
  categoricalHingeGradient,
  elementwiseLoss,
  elementwiseLossGradient,
  penalty,
  penaltyGradient,
  softmaxCrossEntropy,
  softmaxCrossEntropyGradient,
} from "./loss.ts";
import { maskWeights } from "./mask-weights.ts";
import { extremum, extremumGradient, multiply, scale } from "./merge.ts";
import {
  batchNormalization,
  batchNormalizationGradient,
  batchNormalizationInference,
  layerNormalization,
  layerNormalizationGradient,
} from "./normalization.ts";
import { pool2d, pool2dGradient } from "./pooling.ts";
import { prelu, preluGradient } from "./prelu.ts";
import { batchProduct } from "./product.ts";
import { recurrent, recurrentGradient, recurrentKernelGradient } from "./recurrent.ts";
import { gaussianNoise, multiplyChannels, rmsNormalization, rmsNormalizationGradient } from "./rms-normalization.ts";
import { concatenate, reshape, slice, sliceGradient } from "./shape.ts";
import { sinusoid } from "./sinusoid.ts";
import { logSoftmax, logSoftmaxGradient, softmax, softmaxGradient } from "./softmax.ts";
import { findSteps, flip, maskSteps, poolSteps, poolStepsGradient } from "./steps.ts";
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

export const ops: Readonly<Record<OpName, OpDefinition>> = {
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
  reshape,
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
  gaussian_noise: gaussianNoise,
  softmax,
  softmax_gradient: softmaxGradient,
  log_softmax: logSoftmax,
  log_softmax_gradient: logSoftmaxGradient,
  elementwise_loss: elementwiseLoss,
  elementwise_loss_gradient: elementwiseLossGradient,
  categorical_cross_entropy: categoricalCrossEntropy,
  categorical_cross_entropy_gradient: categoricalCrossEntropyGradient,
  categorical_hinge: categoricalHinge,
  categorical_hinge_gradient: categoricalHingeGradient,
  softmax_cross_entropy: softmaxCrossEntropy,
  softmax_cross_entropy_gradient: softmaxCrossEntropyGradient,
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
