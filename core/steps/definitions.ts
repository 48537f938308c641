/** Every step of preparation by its type: what it is. Follows the folders beside it; a test compares the two. */
import { AppError } from "../errors.ts";
import bagOfWords from "./bag_of_words/definition.ts";
import bins from "./bins/definition.ts";
import clipOutliers from "./clip_outliers/definition.ts";
import dateCycles from "./date_cycles/definition.ts";
import dateParts from "./date_parts/definition.ts";
import dropDuplicates from "./drop_duplicates/definition.ts";
import dropNearConstant from "./drop_near_constant/definition.ts";
import embeddingIndex from "./embedding_index/definition.ts";
import hashing from "./hashing/definition.ts";
import impute from "./impute/definition.ts";
import imputeByModel from "./impute_by_model/definition.ts";
import log1p from "./log1p/definition.ts";
import minMax from "./min_max/definition.ts";
import missingIndicator from "./missing_indicator/definition.ts";
import multiHot from "./multi_hot/definition.ts";
import nearestNeighbours from "./nearest_neighbours/definition.ts";
import oneHot from "./one_hot/definition.ts";
import ordinal from "./ordinal/definition.ts";
import picture from "./picture/definition.ts";
import principalComponents from "./principal_components/definition.ts";
import robust from "./robust/definition.ts";
import standardise from "./standardise/definition.ts";
import type { StepDefinition } from "./step.ts";
import targetEncoder from "./target_encoder/definition.ts";
import tokenSequence from "./token_sequence/definition.ts";
import truncatedSvd from "./truncated_svd/definition.ts";
import yeoJohnson from "./yeo_johnson/definition.ts";

export const stepDefinitions: Readonly<Record<string, StepDefinition>> = {
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

export const stepTypes: readonly string[] = Object.keys(stepDefinitions);

/** @throws AppError data.unknown_step */
export function stepDefinition(type: string): StepDefinition {
  const definition = Object.hasOwn(stepDefinitions, type) ? stepDefinitions[type] : undefined;
  if (definition === undefined) throw new AppError("data.unknown_step", { step: type, known: stepTypes.join(", ") });
  return definition;
}
