/** All checks, in the order in which their problems are shown. A test walks the folder and finds the forgotten one. */
import { activationTwice } from "./activation-twice.ts";
import { allFrozen } from "./all-frozen.ts";
import { attentionLengths } from "./attention-lengths.ts";
import { attentionMask } from "./attention-mask.ts";
import { attentionWidths } from "./attention-widths.ts";
import { axisOutOfRange } from "./axis-out-of-range.ts";
import { batchLargerThanRows } from "./batch-larger-than-rows.ts";
import { batchOfOne } from "./batch-of-one.ts";
import { biasBeforeNormalization } from "./bias-before-normalization.ts";
import { binaryForClasses } from "./binary-for-classes.ts";
import type { Check } from "./check.ts";
import { classCount } from "./class-count.ts";
import { classImbalance } from "./class-imbalance.ts";
import { clippingTwice } from "./clipping-twice.ts";
import { constantKernel } from "./constant-kernel.ts";
import { convolutionAfterConvolution } from "./convolution-after-convolution.ts";
import { cycle } from "./cycle.ts";
import { deadEnd } from "./dead-end.ts";
import { deepWithoutShortcuts } from "./deep-without-shortcuts.ts";
import { denseAfterFlatten } from "./dense-after-flatten.ts";
import { dotAxes } from "./dot-axes.ts";
import { dropoutBeforeNormalization } from "./dropout-before-normalization.ts";
import { dropoutBeforeOutput } from "./dropout-before-output.ts";
import { dropoutTwice } from "./dropout-twice.ts";
import { earlyStoppingWithoutValidation } from "./early-stopping.ts";
import { flattenFirst } from "./flatten-first.ts";
import { floorBeforeProbabilities } from "./floor-before-probabilities.ts";
import { gateActivation } from "./gate-activation.ts";
import { graphNodes } from "./graph-nodes.ts";
import { groupsThatDivide } from "./groups-that-divide.ts";
import { highDropout } from "./high-dropout.ts";
import { inputSize } from "./input-size.ts";
import { learningRate } from "./learning-rate.ts";
import { limitedOutput } from "./limited-output.ts";
import { linearAfterLinear } from "./linear-after-linear.ts";
import { manyCategories } from "./many-categories.ts";
import { maskRows } from "./mask-rows.ts";
import { moreWeightsThanRows } from "./more-weights-than-rows.ts";
import { nesterovWithoutMomentum } from "./nesterov-without-momentum.ts";
import { noValidation } from "./no-validation.ts";
import { normalizationBeforeOutput } from "./normalization-before-output.ts";
import { normalizationTwice } from "./normalization-twice.ts";
import { notAPermutation } from "./not-a-permutation.ts";
import { notConnected } from "./not-connected.ts";
import { notShuffled } from "./not-shuffled.ts";
import { nothingLeft } from "./nothing-left.ts";
import { oneUnitLoss } from "./one-unit-loss.ts";
import { otherProbabilities } from "./other-probabilities.ts";
import { outputPadding } from "./output-padding.ts";
import { patienceTooLong } from "./patience-too-long.ts";
import { penaltyAndDecay } from "./penalty-and-decay.ts";
import { placesForAttention } from "./places-for-attention.ts";
import { probabilitiesForLoss } from "./probabilities-for-loss.ts";
import { rankExpected } from "./rank-expected.ts";
import { recurrentPort } from "./recurrent-port.ts";
import { reshapeSize } from "./reshape-size.ts";
import { scaledIndices } from "./scaled-indices.ts";
import { sequenceNeeded } from "./sequence-needed.ts";
import { sequenceOfOne } from "./sequence-of-one.ts";
import { sequenceTooLong } from "./sequence-too-long.ts";
import { shapesDiffer } from "./shapes-differ.ts";
import { sliceOutOfRange } from "./slice-out-of-range.ts";
import { smallReceptiveField } from "./small-receptive-field.ts";
import { smallVocabulary } from "./small-vocabulary.ts";
import { softmaxOfOne } from "./softmax-of-one.ts";
import { squaredError } from "./squared-error.ts";
import { strideSkips } from "./stride-skips.ts";
import { strideWithDilation } from "./stride-with-dilation.ts";
import { targetAmongInputs } from "./target-among-inputs.ts";
import { targetInput } from "./target-input.ts";
import { targetWidth } from "./target-width.ts";
import { tooFewInputs } from "./too-few-inputs.ts";
import { tooManyInputs } from "./too-many-inputs.ts";
import { unboundedCell } from "./unbounded-cell.ts";
import { unscaledColumns } from "./unscaled-columns.ts";
import { vanishingGradients } from "./vanishing-gradients.ts";
import { vectorsWidth } from "./vectors-width.ts";
import { warmUpTooLong } from "./warm-up-too-long.ts";
import { weightlessLoss } from "./weightless-loss.ts";
import { windowSplit } from "./window-split.ts";
import { windowTooLarge } from "./window-too-large.ts";

export const checks: readonly Check[] = [
  notConnected,
  classCount,
  oneUnitLoss,
  softmaxOfOne,
  probabilitiesForLoss,
  targetWidth,
  targetInput,
  earlyStoppingWithoutValidation,
  vectorsWidth,
  windowTooLarge,
  cycle,
  rankExpected,
  reshapeSize,
  shapesDiffer,
  dotAxes,
  attentionWidths,
  attentionLengths,
  attentionMask,
  maskRows,
  recurrentPort,
  tooManyInputs,
  tooFewInputs,
  axisOutOfRange,
  notAPermutation,
  nothingLeft,
  strideWithDilation,
  graphNodes,
  sequenceTooLong,
  sliceOutOfRange,
  groupsThatDivide,
  gateActivation,
  outputPadding,
  inputSize,
  sequenceNeeded,
  windowSplit,
  targetAmongInputs,
  otherProbabilities,
  limitedOutput,
  flattenFirst,
  deadEnd,
  linearAfterLinear,
  vanishingGradients,
  dropoutBeforeNormalization,
  allFrozen,
  batchLargerThanRows,
  batchOfOne,
  learningRate,
  noValidation,
  activationTwice,
  biasBeforeNormalization,
  binaryForClasses,
  classImbalance,
  clippingTwice,
  constantKernel,
  convolutionAfterConvolution,
  deepWithoutShortcuts,
  denseAfterFlatten,
  dropoutBeforeOutput,
  dropoutTwice,
  floorBeforeProbabilities,
  highDropout,
  manyCategories,
  moreWeightsThanRows,
  nesterovWithoutMomentum,
  normalizationBeforeOutput,
  normalizationTwice,
  notShuffled,
  patienceTooLong,
  penaltyAndDecay,
  placesForAttention,
  scaledIndices,
  sequenceOfOne,
  smallReceptiveField,
  smallVocabulary,
  squaredError,
  strideSkips,
  unboundedCell,
  unscaledColumns,
  warmUpTooLong,
  weightlessLoss,
];
