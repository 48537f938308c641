/**
 * Tree-structured Parzen estimator (Bergstra and others, "Algorithms for Hyper-Parameter Optimization", 2011), one
 * dimension at a time as in Optuna's default sampler: the best trials so far and the rest each give a density, and of some
 * values drawn from the first the one is tried where the quotient of the two is largest.
 */
import type { Random } from "../data/random.ts";
import { drawValue, shareOf, valueAt } from "./draw.ts";
import { type Dimension, dimensionKey, type MemberOptions, type RangeValues } from "./plan.ts";

/** Trials drawn by chance before anything is learnt from them. */
export const STARTUP_TRIALS = 10;
/** Values drawn for each dimension of a trial. */
const CANDIDATES = 24;

export interface FinishedTrial {
  readonly options: MemberOptions;
  /** Smaller is better; not finite for a trial that failed, which counts as the worst. */
  readonly loss: number;
}

/** The settings of the next trial. */
export function proposeTrial(dimensions: readonly Dimension[], finished: readonly FinishedTrial[], random: Random): MemberOptions {
  const learning = finished.length >= STARTUP_TRIALS;
  const ranked = [...finished].sort((a, b) => lossOf(a) - lossOf(b));
  // A tenth, at most 25: Optuna's default.
  const good = Math.min(25, Math.ceil(0.1 * ranked.length));
  return Object.fromEntries(
    dimensions.map((dimension) => {
      const key = dimensionKey(dimension);
      if (!learning) return [key, drawValue(dimension.values, random)];
      const valuesOf = (trials: readonly FinishedTrial[]): unknown[] =>
        trials.filter(({ options }) => Object.hasOwn(options, key)).map(({ options }) => options[key]);
      return [key, propose(dimension, valuesOf(ranked.slice(0, good)), valuesOf(ranked.slice(good)), random)];
    }),
  );
}

const lossOf = ({ loss }: FinishedTrial): number => (Number.isFinite(loss) ? loss : Number.POSITIVE_INFINITY);

function propose({ values }: Dimension, good: readonly unknown[], bad: readonly unknown[], random: Random): unknown {
  if (values.form === "list") return proposeOfList(values.values, good, bad, random);
  const below = kernelsOf(values, good);
  const above = kernelsOf(values, bad);
  let best = { share: 0.5, gain: Number.NEGATIVE_INFINITY };
  for (let k = 0; k < CANDIDATES; k += 1) {
    const share = drawFrom(below, random);
    const gain = Math.log(density(below, share)) - Math.log(density(above, share));
    if (gain > best.gain) best = { share, gain };
  }
  return valueAt(values, best.share);
}

/** Each value weighs as often as it was tried, and once more, so that none is given up. */
function proposeOfList(values: readonly unknown[], good: readonly unknown[], bad: readonly unknown[], random: Random): unknown {
  const weights = (tried: readonly unknown[]): number[] =>
    values.map((value) => (1 + tried.filter((other) => same(other, value)).length) / (values.length + tried.length));
  const [below, above] = [weights(good), weights(bad)];
  let best = { place: 0, gain: Number.NEGATIVE_INFINITY };
  for (let k = 0; k < CANDIDATES; k += 1) {
    const place = drawPlace(below, random);
    const gain = (below[place] as number) / (above[place] as number);
    if (gain > best.gain) best = { place, gain };
  }
  return values[best.place];
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function drawPlace(weights: readonly number[], random: Random): number {
  let left = random.float();
  for (const [place, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return place;
  }
  return weights.length - 1;
}

/** A normal density around each value tried, cut off at 0 and 1, and one over the whole that stands for not knowing. */
interface Kernel {
  readonly mean: number;
  readonly deviation: number;
  /** What of it lies between 0 and 1. */
  readonly mass: number;
}

function kernelsOf(values: RangeValues, tried: readonly unknown[]): Kernel[] {
  const means = tried.map((value) => shareOf(values, Number(value))).sort((a, b) => a - b);
  const least = 1 / Math.min(100, 1 + means.length);
  const kernels = means.map((mean, k) => {
    // As wide as the larger gap to its neighbours, the ends counting as neighbours.
    const gap = Math.max(mean - (means[k - 1] ?? 0), (means[k + 1] ?? 1) - mean);
    return kernel(mean, Math.min(1, Math.max(least, gap)));
  });
  return [...kernels, kernel(0.5, 1)];
}

function kernel(mean: number, deviation: number): Kernel {
  return { mean, deviation, mass: normalBelow((1 - mean) / deviation) - normalBelow(-mean / deviation) };
}

function density(kernels: readonly Kernel[], share: number): number {
  let sum = 0;
  for (const { mean, deviation, mass } of kernels) sum += Math.exp(-0.5 * ((share - mean) / deviation) ** 2) / (deviation * mass);
  return sum / (kernels.length * Math.sqrt(2 * Math.PI));
}

function drawFrom(kernels: readonly Kernel[], random: Random): number {
  const { mean, deviation } = kernels[random.below(kernels.length)] as Kernel;
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const share = mean + deviation * random.normal();
    if (share >= 0 && share <= 1) return share;
  }
  return mean;
}

/** The normal distribution function, to 1e-7 (Abramowitz and Stegun, 7.1.26). */
function normalBelow(x: number): number {
  const t = 1 / (1 + (0.3275911 * Math.abs(x)) / Math.SQRT2);
  const tail = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) * Math.exp((-x * x) / 2);
  return x >= 0 ? 1 - tail / 2 : tail / 2;
}
