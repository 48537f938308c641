/**
 * What several runs of one design say together, and whether two designs differ by more than chance. Means with deviations,
 * Welch's test for seeds, and for folds the paired test with the correction of Nadeau and Bengio ("Inference for the
 * Generalization Error", 2003): folds share training rows, so the plain paired test is too sure of itself.
 */
import { twoSidedP, twoSidedT } from "./student-t.ts";

export interface Summary {
  readonly count: number;
  readonly mean: number;
  /** Of the sample (n − 1); null for one value. */
  readonly deviation: number | null;
  /** Half the width of the 95 % interval of the mean; null for one value. */
  readonly margin: number | null;
  readonly least: number;
  readonly most: number;
}

/** Null without a value. Values that are not finite are the caller's to leave out. */
export function summaryOf(values: readonly number[]): Summary | null {
  const count = values.length;
  if (count === 0) return null;
  const mean = meanOf(values);
  const deviation = count < 2 ? null : Math.sqrt(varianceOf(values, mean));
  return {
    count,
    mean,
    deviation,
    margin: deviation === null ? null : (twoSidedT(0.05, count - 1) * deviation) / Math.sqrt(count),
    least: Math.min(...values),
    most: Math.max(...values),
  };
}

export interface Difference {
  readonly test: "welch" | "paired" | "paired_corrected";
  /** Mean of the first less that of the second. */
  readonly difference: number;
  readonly t: number;
  readonly freedom: number;
  /** Of a difference at least as large if both were the same. */
  readonly p: number;
}

/** Welch's test for independent values (scipy.stats.ttest_ind with equal_var=False); null with fewer than two of either. */
export function welchTest(first: readonly number[], second: readonly number[]): Difference | null {
  if (first.length < 2 || second.length < 2) return null;
  const [m1, m2] = [meanOf(first), meanOf(second)];
  const [v1, v2] = [varianceOf(first, m1) / first.length, varianceOf(second, m2) / second.length];
  const error = Math.sqrt(v1 + v2);
  if (error === 0) return certain("welch", m1 - m2, first.length + second.length - 2);
  const freedom = (v1 + v2) ** 2 / (v1 ** 2 / (first.length - 1) + v2 ** 2 / (second.length - 1));
  return tested("welch", m1 - m2, error, freedom);
}

/**
 * The paired test (scipy.stats.ttest_rel), or with `heldOut` the corrected one.
 * @param heldOut rows held out for each trained on (k folds: 1 / (k − 1)); 0 for independent pairs
 */
export function pairedTest(first: readonly number[], second: readonly number[], heldOut = 0): Difference | null {
  const count = first.length;
  if (count < 2 || second.length !== count) return null;
  const differences = first.map((value, k) => value - (second[k] as number));
  const mean = meanOf(differences);
  const test = heldOut > 0 ? "paired_corrected" : "paired";
  const variance = varianceOf(differences, mean);
  if (variance === 0) return certain(test, mean, count - 1);
  return tested(test, mean, Math.sqrt(variance * (1 / count + heldOut)), count - 1);
}

function tested(test: Difference["test"], difference: number, error: number, freedom: number): Difference {
  const t = difference / error;
  return { test, difference, t, freedom, p: twoSidedP(t, freedom) };
}

/** Values without any spread: the same, or surely not. */
function certain(test: Difference["test"], difference: number, freedom: number): Difference {
  const same = difference === 0;
  return { test, difference, t: same ? 0 : Math.sign(difference) * Number.POSITIVE_INFINITY, freedom, p: same ? 1 : 0 };
}

/** From the first value on, so that equal values have that very value as their mean and no deviation made of rounding. */
function meanOf(values: readonly number[]): number {
  const [first = 0] = values;
  return first + values.reduce((sum, value) => sum + (value - first), 0) / values.length;
}

function varianceOf(values: readonly number[], mean: number): number {
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
