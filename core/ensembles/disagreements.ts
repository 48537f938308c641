/** The rows on which two runs disagree, who is right there, and whether one of them is better by more than chance. */

import { mcnemarTest } from "../insight/statistics/exact-tests.ts";
import { thresholdOf } from "../metrics/task.ts";
import { pairedTest } from "../sweeps/statistics.ts";
import { errorsOfRows, type PredictedRows, saidClass } from "../train/predicted-rows.ts";

export type Better = "first" | "second" | "both" | "neither";

export interface Disagreement {
  /** In the aligned rows. */
  readonly place: number;
  /** Of classes who is right; of numbers who is nearer. */
  readonly better: Better;
  /** How far apart the two answers are: larger comes first. */
  readonly apart: number;
}

export interface Disagreements {
  readonly test: "mcnemar" | "paired";
  /** Of a difference at least as large if both were equally good; null with too few rows. */
  readonly p: number | null;
  /** Rows by who is right, of numbers who is nearer. */
  readonly counts: Readonly<Record<Better, number>>;
  /** Share of wrong answers, or mean absolute error. */
  readonly errors: readonly [number, number];
  /** Of the errors of the two over the rows; null where one never varies. */
  readonly correlation: number | null;
  /** Rows with other answers, those furthest apart first. */
  readonly rows: readonly Disagreement[];
}

/** @param first and second aligned: the same rows in the same order */
export function disagreementsOf(first: PredictedRows, second: PredictedRows): Disagreements {
  const [a, b] = [errorsOfRows(first), errorsOfRows(second)];
  const counts = { first: 0, second: 0, both: 0, neither: 0 };
  const rows: Disagreement[] = [];
  for (let place = 0; place < first.rows; place += 1) {
    const better = betterOf(a.kind, a.values[place] as number, b.values[place] as number);
    counts[better] += 1;
    const apart = apartAt(first, second, place);
    if (apart > 0) rows.push({ place, better, apart });
  }
  rows.sort((one, other) => other.apart - one.apart || one.place - other.place);
  const paired = a.kind === "error" ? pairedTest([...a.values], [...b.values]) : null;
  return {
    test: a.kind === "wrong" ? "mcnemar" : "paired",
    p: a.kind === "wrong" ? mcnemarTest(counts.first, counts.second) : (paired?.p ?? null),
    counts,
    errors: [meanOf(a.values), meanOf(b.values)],
    correlation: correlationOf(a.values, b.values),
    rows,
  };
}

function betterOf(kind: "wrong" | "error", a: number, b: number): Better {
  if (a < b) return "first";
  if (b < a) return "second";
  return kind === "wrong" && a === 1 ? "neither" : "both";
}

/** 0 where both say the same. Of two classes that differ, how sure both are together. */
function apartAt(first: PredictedRows, second: PredictedRows, place: number): number {
  const { kind, count } = first.task;
  const at = (rows: PredictedRows, k: number): number => rows.predictions[place * count + k] as number;
  const each = Array.from({ length: count }, (_, k) => k);
  switch (kind) {
    case "numbers":
      return each.reduce((sum, k) => sum + Math.abs(at(first, k) - at(second, k)), 0);
    case "labels": {
      const differs = (k: number): boolean => at(first, k) > thresholdOf(first.task, k) !== at(second, k) > thresholdOf(second.task, k);
      return each.filter(differs).length;
    }
    case "two_classes":
      return saidClass(first, place) === saidClass(second, place)
        ? 0
        : Math.abs((first.predictions[place] as number) - (second.predictions[place] as number));
    case "classes": {
      const [one, other] = [saidClass(first, place), saidClass(second, place)];
      return one === other ? 0 : at(first, one) + at(second, other);
    }
    default:
      return kind satisfies never;
  }
}

/** Pearson's; null where one of them is the same everywhere. */
export function correlationOf(a: ArrayLike<number>, b: ArrayLike<number>): number | null {
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  let [both, ofA, ofB] = [0, 0, 0];
  for (let i = 0; i < a.length; i += 1) {
    const [x, y] = [(a[i] as number) - meanA, (b[i] as number) - meanB];
    both += x * y;
    ofA += x * x;
    ofB += y * y;
  }
  return ofA === 0 || ofB === 0 ? null : both / Math.sqrt(ofA * ofB);
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i] as number;
  return sum / values.length;
}
