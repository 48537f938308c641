/** All checks, in the order in which their problems are shown. A test walks the folder and finds the forgotten one. */
import { allFrozen } from "./all-frozen.ts";
import { batchOfOne } from "./batch-of-one.ts";
import type { Check } from "./check.ts";
import { classCount } from "./class-count.ts";
import { deadEnd } from "./dead-end.ts";
import { dropoutBeforeNormalization } from "./dropout-before-normalization.ts";
import { earlyStoppingWithoutValidation } from "./early-stopping.ts";
import { flattenFirst } from "./flatten-first.ts";
import { learningRate } from "./learning-rate.ts";
import { limitedOutput } from "./limited-output.ts";
import { linearAfterLinear } from "./linear-after-linear.ts";
import { noValidation } from "./no-validation.ts";
import { notConnected } from "./not-connected.ts";
import { oneUnitLoss } from "./one-unit-loss.ts";
import { otherProbabilities } from "./other-probabilities.ts";
import { probabilitiesForLoss } from "./probabilities-for-loss.ts";
import { softmaxOfOne } from "./softmax-of-one.ts";
import { targetInput } from "./target-input.ts";
import { targetWidth } from "./target-width.ts";
import { vanishingGradients } from "./vanishing-gradients.ts";

export const checks: readonly Check[] = [
  notConnected,
  classCount,
  oneUnitLoss,
  softmaxOfOne,
  probabilitiesForLoss,
  targetWidth,
  targetInput,
  earlyStoppingWithoutValidation,
  otherProbabilities,
  limitedOutput,
  flattenFirst,
  deadEnd,
  linearAfterLinear,
  vanishingGradients,
  dropoutBeforeNormalization,
  allFrozen,
  batchOfOne,
  learningRate,
  noValidation,
];
