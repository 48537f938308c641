/**
 * What stands above each threshold: the one sorted pass from which ROC and precision–recall curves and their areas come
 * (as scikit-learn's, ties taken together, rows weighted).
 */
import type { MetricRows, MetricTask } from "./metric.ts";

/** One entry for each distinct score, the highest first: the weight of false and of true yes at or above it. */
export interface ThresholdCounts {
  readonly thresholds: Float64Array;
  readonly falseYes: Float64Array;
  readonly trueYes: Float64Array;
}

/**
 * @param scores `[rows]`; one that is no number stands below all others
 * @param isYes  `[rows]`
 */
export function thresholdCounts(
  scores: ArrayLike<number>,
  isYes: (row: number) => boolean,
  weights: ArrayLike<number> | null,
): ThresholdCounts {
  return weights === null ? countedAlike(scores, isYes) : weighted(scores, isYes, weights);
}

/** Numbers sort themselves many times faster than rows by a number of theirs: those of yes and of no apart, then both from the top. */
function countedAlike(scores: ArrayLike<number>, isYes: (row: number) => boolean): ThresholdCounts {
  const sides = [new Float64Array(scores.length), new Float64Array(scores.length)] as const;
  const counts: [number, number] = [0, 0];
  for (let row = 0; row < scores.length; row++) {
    const side = isYes(row) ? 1 : 0;
    const score = scores[row] as number;
    sides[side][counts[side]++] = Number.isNaN(score) ? Number.NEGATIVE_INFINITY : score;
  }
  const [no, yes] = sides.map((side, index) => side.subarray(0, counts[index]).sort()) as [Float64Array, Float64Array];
  const found = new Counts(scores.length);
  let [noLeft, yesLeft] = [no.length, yes.length];
  while (noLeft > 0 || yesLeft > 0) {
    const score = Math.max(no[noLeft - 1] ?? Number.NEGATIVE_INFINITY, yes[yesLeft - 1] ?? Number.NEGATIVE_INFINITY);
    while (noLeft > 0 && no[noLeft - 1] === score) noLeft--;
    while (yesLeft > 0 && yes[yesLeft - 1] === score) yesLeft--;
    found.add(score, no.length - noLeft, yes.length - yesLeft);
  }
  return found.all();
}

/** Rows without weight are left out. */
function weighted(scores: ArrayLike<number>, isYes: (row: number) => boolean, weights: ArrayLike<number>): ThresholdCounts {
  const kept: number[] = [];
  for (let row = 0; row < scores.length; row++) if ((weights[row] as number) > 0) kept.push(row);
  const scoreOf = (row: number): number => (Number.isNaN(scores[row]) ? Number.NEGATIVE_INFINITY : (scores[row] as number));
  const order = Uint32Array.from(kept).sort((a, b) => {
    const [first, second] = [scoreOf(a), scoreOf(b)];
    return first === second ? a - b : first < second ? 1 : -1;
  });
  const found = new Counts(order.length);
  let [no, yes] = [0, 0];
  for (let i = 0; i < order.length; ) {
    const score = scoreOf(order[i] as number);
    for (; i < order.length && scoreOf(order[i] as number) === score; i++) {
      const row = order[i] as number;
      if (isYes(row)) yes += weights[row] as number;
      else no += weights[row] as number;
    }
    found.add(score, no, yes);
  }
  return found.all();
}

class Counts {
  private readonly lists: readonly [thresholds: Float64Array, falseYes: Float64Array, trueYes: Float64Array];
  private length = 0;

  /** @param most entries */
  constructor(most: number) {
    this.lists = [new Float64Array(most), new Float64Array(most), new Float64Array(most)];
  }

  add(threshold: number, falseYes: number, trueYes: number): void {
    this.lists[0][this.length] = threshold;
    this.lists[1][this.length] = falseYes;
    this.lists[2][this.length] = trueYes;
    this.length++;
  }

  all(): ThresholdCounts {
    const [thresholds, falseYes, trueYes] = this.lists.map((list) => list.subarray(0, this.length)) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    return { thresholds, falseYes, trueYes };
  }
}

/** Which classes are asked for, one against the rest: yes alone of two classes, every class or label of several. */
function askedClasses({ kind, count }: MetricTask): readonly number[] {
  return kind === "two_classes" ? [1] : Array.from({ length: count }, (_, k) => k);
}

/** What is found of the counts of each class or label; those of one are let go before the next: of many rows they are large. */
export function ofEachClass<T>(task: MetricTask, rows: MetricRows, find: (counts: ThresholdCounts, classIndex: number) => T): T[] {
  return askedClasses(task).map((index) => find(countsOfClass(task, rows, index), index));
}

/** Counts of one class or label against the rest; of two classes whose one score is that of the second only of that. */
export function countsOfClass(task: MetricTask, { rows, predictions, targets, weights }: MetricRows, index: number): ThresholdCounts {
  if (task.kind === "two_classes") return thresholdCounts(predictions, (row) => (targets[row] as number) > 0.5, weights);
  const { count } = task;
  const scores = Float64Array.from({ length: rows }, (_, row) => predictions[row * count + index] as number);
  const isYes =
    task.kind === "labels"
      ? (row: number): boolean => (targets[row * count + index] as number) > 0.5
      : (row: number): boolean => targets[row] === index;
  return thresholdCounts(scores, isYes, weights);
}

/**
 * Places of the counts at which some aim may be served best: to count one row more or less as yes loses a yes, or takes in no yes. Whatever
 * is wanted (few errors whatever they cost, much found, little found wrongly), the best of all thresholds is one of these, or none of them.
 */
export function cornersOf({ falseYes, trueYes }: ThresholdCounts): number[] {
  const corners: number[] = [];
  trueYes.forEach((yes, i) => {
    const finds = yes > (i === 0 ? 0 : (trueYes[i - 1] as number));
    const isLast = i + 1 === trueYes.length || (falseYes[i + 1] as number) > (falseYes[i] as number);
    if (finds && isLast) corners.push(i);
  });
  return corners;
}

/** Points of a curve that is handed out: more than the eye or a slider can tell apart are thinned; areas never are. */
const MOST_POINTS = 400;

/** Indices of at most MOST_POINTS of `count` points, the first and the last among them. */
export function thinned(count: number): number[] {
  if (count <= MOST_POINTS) return Array.from({ length: count }, (_, i) => i);
  return Array.from({ length: MOST_POINTS }, (_, i) => Math.round((i * (count - 1)) / (MOST_POINTS - 1)));
}

export interface ClassArea {
  readonly area: number;
  /** How often the class occurs. */
  readonly share: number;
}

/** Mean over classes of an area, and weighted by how often each occurs; NaN where one has none. */
export function meanAreas(classes: readonly ClassArea[]): { macro: number; weighted: number } {
  const total = classes.reduce((sum, { share }) => sum + share, 0);
  return {
    macro: classes.reduce((sum, { area }) => sum + area, 0) / classes.length,
    weighted: classes.reduce((sum, { area, share }) => sum + area * share, 0) / total,
  };
}
