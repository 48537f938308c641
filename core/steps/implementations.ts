/** Every step of preparation by its type: what it does. Follows the folders beside it; a test compares the two. */
import bagOfWords from "./bag_of_words/implementation.ts";
import bins from "./bins/implementation.ts";
import clipOutliers from "./clip_outliers/implementation.ts";
import dateCycles from "./date_cycles/implementation.ts";
import dateParts from "./date_parts/implementation.ts";
import dropDuplicates from "./drop_duplicates/implementation.ts";
import dropNearConstant from "./drop_near_constant/implementation.ts";
import embeddingIndex from "./embedding_index/implementation.ts";
import hashing from "./hashing/implementation.ts";
import impute from "./impute/implementation.ts";
import imputeByModel from "./impute_by_model/implementation.ts";
import log1p from "./log1p/implementation.ts";
import minMax from "./min_max/implementation.ts";
import missingIndicator from "./missing_indicator/implementation.ts";
import multiHot from "./multi_hot/implementation.ts";
import nearestNeighbours from "./nearest_neighbours/implementation.ts";
import oneHot from "./one_hot/implementation.ts";
import ordinal from "./ordinal/implementation.ts";
import picture from "./picture/implementation.ts";
import principalComponents from "./principal_components/implementation.ts";
import robust from "./robust/implementation.ts";
import standardise from "./standardise/implementation.ts";
import type { StepImplementation } from "./step.ts";
import targetEncoder from "./target_encoder/implementation.ts";
import tokenSequence from "./token_sequence/implementation.ts";
import truncatedSvd from "./truncated_svd/implementation.ts";
import yeoJohnson from "./yeo_johnson/implementation.ts";

export const stepImplementations: Readonly<Record<string, StepImplementation>> = {
  bag_of_words: bagOfWords,
  bins,
  clip_outliers: clipOutliers,
  date_cycles: dateCycles,
  date_parts: dateParts,
  drop_duplicates: dropDuplicates,
  drop_near_constant: dropNearConstant,
  embedding_index: embeddingIndex,
  hashing,
  impute,
  impute_by_model: imputeByModel,
  log1p,
  min_max: minMax,
  missing_indicator: missingIndicator,
  multi_hot: multiHot,
  nearest_neighbours: nearestNeighbours,
  one_hot: oneHot,
  ordinal,
  picture,
  principal_components: principalComponents,
  robust,
  standardise,
  target_encoder: targetEncoder,
  token_sequence: tokenSequence,
  truncated_svd: truncatedSvd,
  yeo_johnson: yeoJohnson,
};

/** @throws Error for a type that stepDefinition would have refused */
export function stepImplementation(type: string): StepImplementation {
  const implementation = Object.hasOwn(stepImplementations, type) ? stepImplementations[type] : undefined;
  if (implementation === undefined) throw new Error(`no implementation of step '${type}'`);
  return implementation;
}
