/**
 * How much each option of a sweep matters: main effects by functional analysis of variance (Hutter, Hoos and Leyton-Brown,
 * "An Efficient Approach for Assessing Hyperparameter Importance", 2014). A forest of regression trees learns the figure
 * from the options; of each tree the variance that one option alone explains is computed exactly from its leaves.
 */
import { Random } from "../data/random.ts";
import { shareOf } from "./draw.ts";
import { type Dimension, dimensionKey } from "./plan.ts";
import type { FinishedTrial } from "./tpe.ts";

const TREES = 64;
/** Rows in a leaf, at least: single trials are noise. */
const LEAF_ROWS = 2;
const LARGEST_DEPTH = 12;
/** Fewer trials say nothing. */
export const LEAST_TRIALS = 6;

export interface Importance {
  /** dimensionKey of the option. */
  readonly key: string;
  /** Share of the variance between trials that this option alone explains, 0 to 1; what is missing to 1 is interplay. */
  readonly share: number;
}

/** Largest first; empty with fewer than LEAST_TRIALS trials that have a figure, or where all figures are alike. */
export function importances(dimensions: readonly Dimension[], trials: readonly FinishedTrial[], seed = 0): readonly Importance[] {
  const usable = trials.filter(({ loss }) => Number.isFinite(loss));
  if (usable.length < LEAST_TRIALS || usable.every(({ loss }) => loss === usable[0]?.loss)) return [];
  const rows = usable.map(({ options, loss }) => ({ at: dimensions.map((dimension) => placeOf(dimension, options)), value: loss }));
  const sums = dimensions.map(() => 0);
  let counted = 0;
  for (let tree = 0; tree < TREES; tree += 1) {
    const random = new Random(seed, tree);
    const sample = rows.map(() => rows[random.below(rows.length)] as Row);
    const leaves: Leaf[] = [];
    grow(
      sample,
      dimensions.map(() => [0, 1] as const),
      0,
      random,
      leaves,
    );
    const shares = mainEffects(leaves, dimensions.length);
    if (shares === null) continue;
    counted += 1;
    shares.forEach((share, k) => {
      sums[k] = (sums[k] as number) + share;
    });
  }
  if (counted === 0) return [];
  return dimensions
    .map((dimension, k) => ({ key: dimensionKey(dimension), share: (sums[k] as number) / counted }))
    .sort((a, b) => b.share - a.share);
}

interface Row {
  /** Place in each dimension, 0 to 1. */
  readonly at: readonly number[];
  readonly value: number;
}

type Span = readonly [number, number];

interface Leaf {
  readonly box: readonly Span[];
  readonly value: number;
}

/** Middle of the stretch that a value of a list has; where a number lies in its range. */
function placeOf(dimension: Dimension, options: FinishedTrial["options"]): number {
  const value = options[dimensionKey(dimension)];
  const { values } = dimension;
  if (values.form === "range") return shareOf(values, Number(value));
  const place = values.values.findIndex((other) => JSON.stringify(other) === JSON.stringify(value));
  return (Math.max(0, place) + 0.5) / values.values.length;
}

/** The cut with the least squared error, looked for in a random part of the dimensions. */
function grow(rows: readonly Row[], box: readonly Span[], depth: number, random: Random, leaves: Leaf[]): void {
  const cut = depth >= LARGEST_DEPTH || rows.length < 2 * LEAF_ROWS ? null : bestCut(rows, box.length, random);
  if (cut === null) {
    leaves.push({ box, value: rows.reduce((sum, row) => sum + row.value, 0) / rows.length });
    return;
  }
  const { dimension, at } = cut;
  const side = (span: Span): readonly Span[] => box.map((own, k) => (k === dimension ? span : own));
  const [low, high] = box[dimension] as Span;
  const below = rows.filter((row) => (row.at[dimension] as number) <= at);
  const above = rows.filter((row) => (row.at[dimension] as number) > at);
  grow(below, side([low, at]), depth + 1, random, leaves);
  grow(above, side([at, high]), depth + 1, random, leaves);
}

function bestCut(rows: readonly Row[], dimensions: number, random: Random): { dimension: number; at: number } | null {
  let best: { dimension: number; at: number; error: number } | null = null;
  const order = Uint32Array.from({ length: dimensions }, (_, k) => k);
  random.shuffle(order);
  // Five of six, as Hutter's own code has it; at least one.
  for (const dimension of order.subarray(0, Math.max(1, Math.round((5 / 6) * dimensions)))) {
    const sorted = [...rows].sort((a, b) => (a.at[dimension] as number) - (b.at[dimension] as number));
    const total = sorted.reduce((sum, row) => sum + row.value, 0);
    let left = 0;
    for (let count = 1; count < sorted.length; count += 1) {
      left += (sorted[count - 1] as Row).value;
      const [here, next] = [(sorted[count - 1] as Row).at[dimension] as number, (sorted[count] as Row).at[dimension] as number];
      if (here === next || count < LEAF_ROWS || sorted.length - count < LEAF_ROWS) continue;
      // The squared error falls as this sum grows.
      const error = -(left ** 2 / count + (total - left) ** 2 / (sorted.length - count));
      if (best === null || error < best.error) best = { dimension, at: (here + next) / 2, error };
    }
  }
  return best;
}

const lengthOf = ([low, high]: Span): number => high - low;
const volumeOf = (box: readonly Span[]): number => box.reduce((product, span) => product * lengthOf(span), 1);

/** Variance of the mean over all other dimensions, as a share of the tree's whole variance; null for a tree without any. */
function mainEffects(leaves: readonly Leaf[], dimensions: number): readonly number[] | null {
  const mean = leaves.reduce((sum, { box, value }) => sum + volumeOf(box) * value, 0);
  const whole = leaves.reduce((sum, { box, value }) => sum + volumeOf(box) * (value - mean) ** 2, 0);
  // A tree of trials that are all alike: what is left is rounding.
  if (!(whole > 1e-24 * mean * mean)) return null;
  return Array.from({ length: dimensions }, (_, k) => {
    const ends = [...new Set(leaves.flatMap(({ box }) => box[k] as Span))].sort((a, b) => a - b);
    let variance = 0;
    for (let place = 1; place < ends.length; place += 1) {
      const [from, to] = [ends[place - 1] as number, ends[place] as number];
      const middle = (from + to) / 2;
      const there = leaves.filter(({ box }) => (box[k] as Span)[0] < middle && middle < (box[k] as Span)[1]);
      const marginal = there.reduce((sum, { box, value }) => sum + (volumeOf(box) / lengthOf(box[k] as Span)) * value, 0);
      variance += (to - from) * (marginal - mean) ** 2;
    }
    return Math.min(1, variance / whole);
  });
}
