/** Every op's reference kernel; a forgotten one is a compile error. */
import type { OpName } from "../../ir/op-name.ts";
import * as attention from "./attention.ts";
import * as constraint from "./constraint.ts";
import * as convolution from "./convolution.ts";
import * as crossEntropy from "./cross-entropy.ts";
import * as elementwise from "./elementwise.ts";
import * as embedding from "./embedding.ts";
import * as graph from "./graph.ts";
import * as interpolation from "./interpolate.ts";
import type { ReferenceKernel } from "./kernel.ts";
import * as linear from "./linear.ts";
import * as loss from "./loss.ts";
import * as maskWeights from "./mask-weights.ts";
import * as merge from "./merge.ts";
import * as normalization from "./normalization.ts";
import * as pooling from "./pooling.ts";
import * as prelu from "./prelu.ts";
import * as recurrence from "./recurrent.ts";
import * as rms from "./rms-normalization.ts";
import * as rows from "./softmax.ts";
import * as steps from "./steps.ts";
import * as update from "./update.ts";

export const referenceKernels: Readonly<Record<OpName, ReferenceKernel>> = {
  linear: linear.linear,
  linear_input_gradient: linear.linearInputGradient,
  linear_weight_gradient: linear.linearWeightGradient,
  bias_gradient: linear.biasGradient,
  conv2d: convolution.conv2d,
  conv2d_input_gradient: convolution.conv2dInputGradient,
  conv2d_weight_gradient: convolution.conv2dWeightGradient,
  add_bias: convolution.addBias,
  attention: attention.attention,
  attention_gradient: attention.attentionGradient,
  masked_softmax: attention.maskedSoftmax,
  sinusoid: attention.sinusoid,
  recurrent: recurrence.recurrent,
  recurrent_gradient: recurrence.recurrentGradient,
  recurrent_kernel_gradient: recurrence.recurrentKernelGradient,
  mask_steps: steps.maskSteps,
  find_steps: steps.findSteps,
  pool_steps: steps.poolSteps,
  pool_steps_gradient: steps.poolStepsGradient,
  flip: steps.flip,
  pool2d: pooling.pool2d,
  pool2d_gradient: pooling.pool2dGradient,
  embedding: embedding.embedding,
  embedding_gradient: embedding.embeddingGradient,
  unary: elementwise.unary,
  unary_gradient: elementwise.unaryGradient,
  dropout: elementwise.dropout,
  add: elementwise.add,
  fill: elementwise.fill,
  copy: elementwise.copy,
  reshape: elementwise.reshape,
  concatenate: elementwise.concatenate,
  slice: elementwise.slice,
  slice_gradient: elementwise.sliceGradient,
  scale: merge.scale,
  multiply: merge.multiply,
  extremum: merge.extremum,
  extremum_gradient: merge.extremumGradient,
  permute: merge.permute,
  repeat: merge.repeat,
  sum_axis: merge.sumAxis,
  batch_product: merge.batchProduct,
  batch_normalization: normalization.batchNormalization,
  batch_normalization_gradient: normalization.batchNormalizationGradient,
  batch_normalization_inference: normalization.batchNormalizationInference,
  layer_normalization: normalization.layerNormalization,
  layer_normalization_gradient: normalization.layerNormalizationGradient,
  rms_normalization: rms.rmsNormalization,
  rms_normalization_gradient: rms.rmsNormalizationGradient,
  multiply_channels: rms.multiplyChannels,
  gaussian_noise: rms.gaussianNoise,
  softmax: rows.softmax,
  softmax_gradient: rows.softmaxGradient,
  log_softmax: rows.logSoftmax,
  log_softmax_gradient: rows.logSoftmaxGradient,
  elementwise_loss: loss.elementwiseLoss,
  elementwise_loss_gradient: loss.elementwiseLossGradient,
  categorical_cross_entropy: crossEntropy.categoricalCrossEntropy,
  categorical_cross_entropy_gradient: crossEntropy.categoricalCrossEntropyGradient,
  categorical_hinge: crossEntropy.categoricalHinge,
  categorical_hinge_gradient: crossEntropy.categoricalHingeGradient,
  softmax_cross_entropy: crossEntropy.softmaxCrossEntropy,
  softmax_cross_entropy_gradient: crossEntropy.softmaxCrossEntropyGradient,
  mask_weights: maskWeights.maskWeights,
  interpolate: interpolation.interpolate,
  interpolate_gradient: interpolation.interpolateGradient,
  graph_normalization: graph.graphNormalization,
  graph_product: graph.graphProduct,
  graph_product_gradient: graph.graphProductGradient,
  penalty: loss.penalty,
  penalty_gradient: loss.penaltyGradient,
  sgd_update: update.sgdUpdate,
  adam_update: update.adamUpdate,
  nadam_update: update.nadamUpdate,
  rmsprop_update: update.rmspropUpdate,
  adadelta_update: update.adadeltaUpdate,
  adagrad_update: update.adagradUpdate,
  prelu: prelu.prelu,
  prelu_gradient: prelu.preluGradient,
  average_update: update.averageUpdate,
  constrain: constraint.constrain,
  clip_by_value: update.clipByValue,
  clip_by_norm: update.clipByNorm,
};
