/** The verdicts on a run, the gravest first. */
import type { NewId } from "../../graph/naming.ts";
import type { EvaluatedOutput } from "../../train/evaluation.ts";
import { confusedClasses } from "./confused-classes.ts";
import { diverged } from "./diverged.ts";
import { fewRows } from "./few-rows.ts";
import { gap } from "./gap.ts";
import { noBetterThanGuessing } from "./no-better-than-guessing.ts";
import { notLearning } from "./not-learning.ts";
import { overfitting } from "./overfitting.ts";
import { rateBlewUp, rateTooHigh } from "./rate-too-high.ts";
import { rateTooLow } from "./rate-too-low.ts";
import { sound } from "./sound.ts";
import { stillLearning } from "./still-learning.ts";
import { stoppedLate } from "./stopped-late.ts";
import { underFitted } from "./under-fitted.ts";
import type { RunFacts, Verdict } from "./verdict.ts";
import { worseThanBeside } from "./worse-than-beside.ts";

/** Verdicts that say the same in weaker words, by the one that was found. */
const COVERS: Readonly<Record<string, readonly string[]>> = {
  "verdict.overfitting": ["verdict.gap", "verdict.stopped_late", "verdict.few_rows"],
  "verdict.not_learning": [
    "verdict.rate_too_low",
    "verdict.rate_too_high",
    "verdict.stopped_late",
    "verdict.no_better_than_majority",
    "verdict.no_better_than_mean",
    "verdict.still_learning",
    "verdict.under_fitted_classes",
    "verdict.under_fitted_numbers",
  ],
  "verdict.no_better_than_majority": ["verdict.under_fitted_classes"],
  "verdict.no_better_than_mean": ["verdict.under_fitted_numbers"],
  "verdict.rate_blew_up": [
    "verdict.not_learning",
    "verdict.rate_too_high",
    "verdict.stopped_late",
    "verdict.under_fitted_classes",
    "verdict.under_fitted_numbers",
  ],
  "verdict.under_fitted_classes": ["verdict.stopped_late"],
  "verdict.under_fitted_numbers": ["verdict.stopped_late"],
  "verdict.rate_too_low": ["verdict.still_learning"],
};

/** What is beside the point where every held-out row is right: nothing is left to be learnt, whatever the loss still does. */
const BESIDE_A_PERFECT_SCORE: readonly string[] = ["verdict.still_learning", "verdict.rate_too_low", "verdict.gap", "verdict.few_rows"];
/** Variance explained, of numbers: what is left is rounding. */
const ALL_EXPLAINED = 0.9999;

/** Where nothing was held out, of the training rows. */
const isPerfect = ({ outputs, metrics, epochs }: RunFacts): boolean => {
  if (outputs.length === 0)
    return epochs.every(({ valLoss }) => valLoss === null) && (metrics["accuracy"] === 1 || (metrics["r2"] ?? 0) >= ALL_EXPLAINED);
  return outputs.every(({ task, figures }) =>
    task === "numbers" ? (figures["r2"] ?? 0) >= ALL_EXPLAINED : figures[wholeFigure(task)] === 1,
  );
};
/** Of several labels a row is right when each of them is. */
const wholeFigure = (task: EvaluatedOutput["task"]): string => (task === "labels" ? "exact_match" : "accuracy");

/** Verdicts whose figures are of the rows that the outputs were judged on. */
const OF_OUTPUTS: ReadonlySet<string> = new Set([
  "verdict.no_better_than_majority",
  "verdict.no_better_than_mean",
  "verdict.worse_than_naive",
  "verdict.worse_than_naive_seasons",
  "verdict.worse_than_line",
  "verdict.worse_than_logistic",
  "verdict.under_fitted_classes",
  "verdict.under_fitted_numbers",
  "verdict.confused_classes",
]);
const ON_TRAINING_ROWS: Verdict = { code: "verdict.on_training_rows", tone: "advice", params: {}, fixes: [] };

/** What an evaluation alone says, without the run behind it. */
export function judgeOutputs(facts: RunFacts): Verdict[] {
  return [noBetterThanGuessing, worseThanBeside, confusedClasses].flatMap((judge) => judge(facts) ?? []);
}

/** @param newId ids of layers that are offered to be put in */
export function judgeRun(facts: RunFacts, newId: NewId): Verdict[] {
  const judges = [
    diverged,
    notLearning,
    overfitting(newId),
    noBetterThanGuessing,
    worseThanBeside,
    rateBlewUp,
    rateTooHigh,
    rateTooLow,
    underFitted(newId),
    gap(newId),
    stillLearning,
    stoppedLate,
    fewRows,
    confusedClasses,
  ];
  const found = judges.flatMap((judge) => judge(facts) ?? []);
  const covered = new Set([...found.flatMap(({ code }) => COVERS[code] ?? []), ...(isPerfect(facts) ? BESIDE_A_PERFECT_SCORE : [])]);
  const kept = found.filter(({ code }) => !covered.has(code));
  if (kept.length === 0) return [sound(facts)].flatMap((verdict) => verdict ?? []);
  return facts.outputsAreLearnt && kept.some(({ code }) => OF_OUTPUTS.has(code)) ? [...kept, ON_TRAINING_ROWS] : kept;
}
