/**
 * Sums that grow row by row and from which accuracy, F1, errors, R² … follow exactly. One pass over the rows serves all
 * metrics of an output; the sums are plain numbers in one list, so a checkpoint keeps an epoch that is half done.
 */
import type { MetricRows, MetricTask, Tally } from "./metric.ts";
import { classSaid, thresholdOf, topKOf } from "./task.ts";

/** Rows of classes: these sums stand before those of each class. */
export const ROWS = 0;
export const RIGHT = 1;
export const IN_TOP = 2;
export const NEGATIVE_LOG = 3;
export const SQUARES = 4;
/** Of several labels: rows of which every answer is right. */
export const ALL_RIGHT = 5;
export const SHARED_SUMS = 6;
/** Of each class: weight rightly predicted, predicted at all, and there. Two classes are two. */
export const HITS = 0;
export const PREDICTED = 1;
export const ACTUAL = 2;
export const CLASS_SUMS = 3;
/** Of each column of numbers. */
export const WEIGHT = 0;
export const ABSOLUTE = 1;
export const SQUARED = 2;
/** Welford's running mean and sum of squares of the targets: R² does not lose digits on large targets. */
export const MEAN = 3;
export const SPREAD = 4;
export const RELATIVE = 5;
/** Squared differences of log(1 + y); NaN once a number is negative. */
export const LOGARITHMIC = 6;
export const COUNT = 7;
export const NUMBER_SUMS = 8;

/** Probabilities are kept this far from 0 and 1 before a logarithm is taken: the epsilon of float32, in which networks predict (scikit-learn's rule). */
const EPSILON = 2 ** -23;
/** Least denominator of a relative error: the epsilon of float64 (scikit-learn's). */
const LEAST = 2 ** -52;

/** @param full false for the running figures of an epoch (Tally) */
export function emptyTally(task: MetricTask, full = true): Tally {
  const size = task.kind === "numbers" ? task.count * NUMBER_SUMS : SHARED_SUMS + task.count * CLASS_SUMS;
  return { task, full, sums: new Array<number>(size).fill(0) };
}

export function addRows(tally: Tally, rows: MetricRows): void {
  switch (tally.task.kind) {
    case "numbers":
      addNumbers(tally, rows);
      return;
    case "two_classes":
      addAnswers(tally, rows);
      return;
    case "labels":
      addLabels(tally, rows);
      return;
    case "classes":
      addClasses(tally, rows);
      return;
    default:
      tally.task.kind satisfies never;
  }
}

export function tallyOf(task: MetricTask, rows: MetricRows): Tally {
  const tally = emptyTally(task);
  addRows(tally, rows);
  return tally;
}

/** The tally of the rows that came after `earlier`, which are its own sums as they were then. */
export function tallySince(tally: Tally, earlier: ArrayLike<number>): Tally {
  const sums = tally.sums.map((sum, i) => sum - at(earlier, i));
  if (tally.task.kind === "numbers")
    for (let column = 0; column < tally.task.count; column++) spreadSince(sums, tally.sums, earlier, column);
  return { ...tally, sums };
}

/** Welford's mean and spread are no sums: those of a part are what it must add to the others to give those of all. */
function spreadSince(sums: number[], all: ArrayLike<number>, earlier: ArrayLike<number>, column: number): void {
  const from = column * NUMBER_SUMS;
  const [before, rest] = [at(earlier, from + WEIGHT), at(sums, from + WEIGHT)];
  const mean = at(all, from + MEAN) + (rest === 0 ? 0 : ((at(all, from + MEAN) - at(earlier, from + MEAN)) * before) / rest);
  const between = rest === 0 ? 0 : ((before * rest) / (before + rest)) * (mean - at(earlier, from + MEAN)) ** 2;
  sums[from + MEAN] = mean;
  sums[from + SPREAD] = Math.max(0, at(sums, from + SPREAD) - between);
}

const at = (list: ArrayLike<number>, i: number): number => list[i] as number;

/** Column by column, so that sums are numbers of their own and not places of an array: small networks spend a tenth of a step here. */
function addNumbers({ task, full, sums }: Tally, { rows, predictions, targets, weights }: MetricRows): void {
  const width = task.count;
  for (let column = 0; column < width; column++) {
    const from = column * NUMBER_SUMS;
    let [total, count, absolute] = [at(sums, from + WEIGHT), at(sums, from + COUNT), at(sums, from + ABSOLUTE)];
    let [squared, mean, spread] = [at(sums, from + SQUARED), at(sums, from + MEAN), at(sums, from + SPREAD)];
    for (let row = 0; row < rows; row++) {
      const weight = weights === null ? 1 : at(weights, row);
      // A row without weight is left out, not counted with nothing: R² asks for the number of rows.
      if (weight === 0) continue;
      const target = at(targets, row * width + column);
      const predicted = at(predictions, row * width + column);
      const error = predicted - target;
      const before = target - mean;
      total += weight;
      mean += (weight * before) / total;
      count += 1;
      absolute += weight * Math.abs(error);
      squared += weight * error * error;
      spread += weight * before * (target - mean);
      if (full) addRatios(sums, from, weight, predicted, target);
    }
    sums[from + WEIGHT] = total;
    sums[from + COUNT] = count;
    sums[from + ABSOLUTE] = absolute;
    sums[from + SQUARED] = squared;
    sums[from + MEAN] = mean;
    sums[from + SPREAD] = spread;
  }
}

function addRatios(sums: number[], from: number, weight: number, predicted: number, target: number): void {
  addTo(sums, from + RELATIVE, (weight * Math.abs(predicted - target)) / Math.max(Math.abs(target), LEAST));
  const logarithmic = predicted < 0 || target < 0 ? Number.NaN : Math.log1p(predicted) - Math.log1p(target);
  addTo(sums, from + LOGARITHMIC, weight * logarithmic * logarithmic);
}

function addAnswers({ task, full, sums }: Tally, { rows, predictions, targets, weights }: MetricRows): void {
  const { threshold, probabilities } = task;
  for (let row = 0; row < rows; row++) {
    const weight = weights === null ? 1 : at(weights, row);
    const score = at(predictions, row);
    const actual = at(targets, row) > 0.5 ? 1 : 0;
    countClass(sums, actual, score > threshold ? 1 : 0, weight);
    if (!full || !probabilities) continue;
    addTo(sums, NEGATIVE_LOG, -weight * Math.log(within(actual === 1 ? score : 1 - score)));
    addTo(sums, SQUARES, weight * (score - actual) ** 2);
  }
}

function addClasses({ task, full, sums }: Tally, { rows, predictions, targets, weights }: MetricRows): void {
  const { count, probabilities } = task;
  const top = topKOf(task);
  for (let row = 0; row < rows; row++) {
    const weight = weights === null ? 1 : at(weights, row);
    const start = row * count;
    const actual = at(targets, row);
    countClass(sums, actual, classSaid(task, predictions, row), weight);
    if (isInTop(predictions, start, count, actual, top)) addTo(sums, IN_TOP, weight);
    if (!full || !probabilities) continue;
    addTo(sums, NEGATIVE_LOG, -weight * Math.log(within(at(predictions, start + actual))));
    let squares = 0;
    for (let k = 0; k < count; k++) squares += (at(predictions, start + k) - (k === actual ? 1 : 0)) ** 2;
    addTo(sums, SQUARES, weight * squares);
  }
}

function addLabels({ task, sums }: Tally, { rows, predictions, targets, weights }: MetricRows): void {
  const { count, probabilities } = task;
  const thresholds = Float64Array.from({ length: count }, (_, k) => thresholdOf(task, k));
  for (let row = 0; row < rows; row++) {
    const weight = weights === null ? 1 : at(weights, row);
    let right = 0;
    for (let k = 0; k < count; k++) {
      const score = at(predictions, row * count + k);
      const isYes = score > (thresholds[k] as number);
      const isTrue = at(targets, row * count + k) > 0.5;
      const from = SHARED_SUMS + k * CLASS_SUMS;
      if (isYes === isTrue) right += 1;
      if (isYes && isTrue) addTo(sums, from + HITS, weight);
      if (isYes) addTo(sums, from + PREDICTED, weight);
      if (isTrue) addTo(sums, from + ACTUAL, weight);
      if (probabilities) addTo(sums, SQUARES, (weight * (score - (isTrue ? 1 : 0)) ** 2) / count);
    }
    addTo(sums, ROWS, weight);
    addTo(sums, RIGHT, (weight * right) / count);
    if (right === count) addTo(sums, ALL_RIGHT, weight);
  }
}

function addTo(sums: number[], place: number, value: number): void {
  sums[place] = at(sums, place) + value;
}

function countClass(sums: number[], actual: number, predicted: number, weight: number): void {
  addTo(sums, ROWS, weight);
  addTo(sums, SHARED_SUMS + predicted * CLASS_SUMS + PREDICTED, weight);
  addTo(sums, SHARED_SUMS + actual * CLASS_SUMS + ACTUAL, weight);
  if (actual !== predicted) return;
  addTo(sums, RIGHT, weight);
  addTo(sums, SHARED_SUMS + actual * CLASS_SUMS + HITS, weight);
}

const within = (p: number): number => Math.min(1 - EPSILON, Math.max(EPSILON, p));

/** Whether fewer than `top` classes come before this one; of equal scores the later class comes first (scikit-learn's order). */
function isInTop(predictions: ArrayLike<number>, start: number, count: number, actual: number, top: number): boolean {
  const own = at(predictions, start + actual);
  let before = 0;
  for (let k = 0; k < count; k++) {
    const other = at(predictions, start + k);
    if (other > own || (other === own && k > actual)) before += 1;
  }
  return before < top;
}

/** Sums of one class or label, or of one column of numbers. */
export function sumsOf({ task, sums }: Tally, index: number): readonly number[] {
  if (task.kind === "numbers") return sums.slice(index * NUMBER_SUMS, (index + 1) * NUMBER_SUMS);
  const from = SHARED_SUMS + index * CLASS_SUMS;
  return sums.slice(from, from + CLASS_SUMS);
}

/** The mean over columns of something of each: scikit-learn's `uniform_average`. */
export function meanOfColumns(tally: Tally, of: (sums: readonly number[]) => number): number {
  let total = 0;
  for (let column = 0; column < tally.task.count; column++) total += of(sumsOf(tally, column));
  return total / tally.task.count;
}
