/** The verdicts on a run, the gravest first. */
import type { NewId } from "../../graph/naming.ts";
import { confusedClasses } from "./confused-classes.ts";
import { diverged } from "./diverged.ts";
import { fewRows } from "./few-rows.ts";
import { gap } from "./gap.ts";
import { noBetterThanGuessing } from "./no-better-than-guessing.ts";
import { notLearning } from "./not-learning.ts";
import { overfitting } from "./overfitting.ts";
import { rateTooHigh } from "./rate-too-high.ts";
import { rateTooLow } from "./rate-too-low.ts";
import { sound } from "./sound.ts";
import { stillLearning } from "./still-learning.ts";
import { stoppedLate } from "./stopped-late.ts";
import type { RunFacts, Verdict } from "./verdict.ts";

/** Verdicts that say the same in weaker words, by the one that was found. */
const COVERS: Readonly<Record<string, readonly string[]>> = {
  "verdict.overfitting": ["verdict.gap", "verdict.stopped_late", "verdict.few_rows"],
  "verdict.not_learning": [
    "verdict.rate_too_low",
    "verdict.rate_too_high",
    "verdict.stopped_late",
    "verdict.no_better_than_majority",
    "verdict.no_better_than_mean",
  ],
  "verdict.rate_too_low": ["verdict.still_learning"],
};

/** What an evaluation alone says, without the run behind it. */
export function judgeOutputs(facts: RunFacts): Verdict[] {
  return [noBetterThanGuessing, confusedClasses].flatMap((judge) => judge(facts) ?? []);
}

/** @param newId ids of layers that are offered to be put in */
export function judgeRun(facts: RunFacts, newId: NewId): Verdict[] {
  const judges = [
    diverged,
    notLearning,
    overfitting(newId),
    noBetterThanGuessing,
    rateTooHigh,
    rateTooLow,
    gap(newId),
    stillLearning,
    stoppedLate,
    fewRows,
    confusedClasses,
  ];
  const found = judges.flatMap((judge) => judge(facts) ?? []);
  const covered = new Set(found.flatMap(({ code }) => COVERS[code] ?? []));
  const kept = found.filter(({ code }) => !covered.has(code));
  return kept.length > 0 ? kept : [sound(facts)].flatMap((verdict) => verdict ?? []);
}
