/**
 * What flows through a network at one moment of its training: for every layer the spread of its activations, how much of
 * it is dead or saturated, and the size of the gradients that come back. Made by core/train/signal-probe.ts, judged by
 * judge-signals.ts, drawn on the canvas.
 */

/** Bars of a histogram of activations. */
export const HISTOGRAM_BINS = 24;

/** Of the values of one tensor. Null stands for what is not a finite number, here and below. */
export interface Spread {
  readonly mean: number | null;
  readonly deviation: number | null;
  readonly min: number | null;
  readonly max: number | null;
  /** Counts in equal steps from min to max. */
  readonly histogram: number[];
}

export interface ParameterSignal {
  /** `dense_1/kernel` */
  readonly name: string;
  /** Root of the mean square. */
  readonly size: number | null;
  readonly gradientSize: number | null;
}

export interface LayerSignals {
  readonly nodeId: string;
  readonly activations: Spread;
  /** Share of units (last axis) that are 0 for every row looked at; null where units do not have a floor of 0. */
  readonly dead: number | null;
  /** Share of values at the flat ends of the activation; null where it has none. */
  readonly saturated: number | null;
  /** Root of the mean square of the loss's gradient with respect to the outputs; null where none comes back. */
  readonly gradientSize: number | null;
  readonly parameters: ParameterSignal[];
}

export interface Signals {
  readonly step: number;
  readonly epoch: number;
  readonly layers: LayerSignals[];
}

/** Values that are looked at in one tensor: enough for a histogram, cheap for a picture. */
const MOST_VALUES = 4096;

/** @param values not empty; NaN is left out */
export function spreadOf(values: ArrayLike<number>): Spread {
  const step = Math.max(1, Math.floor(values.length / MOST_VALUES));
  let [count, sum, min, max] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i += step) {
    const value = values[i] as number;
    if (!Number.isFinite(value)) continue;
    count += 1;
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const histogram = new Array<number>(HISTOGRAM_BINS).fill(0);
  if (count === 0) return { mean: null, deviation: null, min: null, max: null, histogram };
  const mean = sum / count;
  const width = max - min;
  let squares = 0;
  for (let i = 0; i < values.length; i += step) {
    const value = values[i] as number;
    if (!Number.isFinite(value)) continue;
    squares += (value - mean) ** 2;
    const bin = width === 0 ? 0 : Math.min(HISTOGRAM_BINS - 1, Math.floor(((value - min) / width) * HISTOGRAM_BINS));
    histogram[bin] = (histogram[bin] as number) + 1;
  }
  return { mean, deviation: Math.sqrt(squares / count), min, max, histogram };
}

/** Values that a size is taken over: of more, every second, third … */
const MOST_SQUARES = 65_536;

/** Root of the mean square; 0 of nothing, null where a value is not finite. */
export function sizeOfValues(values: ArrayLike<number>): number | null {
  const step = Math.max(1, Math.floor(values.length / MOST_SQUARES));
  let [squares, count] = [0, 0];
  for (let i = 0; i < values.length; i += step) {
    squares += (values[i] as number) ** 2;
    count += 1;
  }
  const size = count === 0 ? 0 : Math.sqrt(squares / count);
  return Number.isFinite(size) ? size : null;
}

/** @param width units: the last axis of `values` */
export function deadShare(values: ArrayLike<number>, width: number): number {
  let dead = 0;
  for (let unit = 0; unit < width; unit += 1) {
    let alive = false;
    for (let i = unit; i < values.length && !alive; i += width) alive = values[i] !== 0;
    if (!alive) dead += 1;
  }
  return dead / width;
}

/** How near to an end of its range a value counts as saturated, as a share of the range. */
const NEAR_END = 0.02;

export function saturatedShare(values: ArrayLike<number>, low: number, high: number): number {
  const edge = (high - low) * NEAR_END;
  let flat = 0;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] as number;
    if (value <= low + edge || value >= high - edge) flat += 1;
  }
  return values.length === 0 ? 0 : flat / values.length;
}
