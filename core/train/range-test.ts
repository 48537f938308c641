/**
 * Learning-rate range test (L. N. Smith, "Cyclical Learning Rates for Training Neural Networks", 2017): a short training from
 * fresh weights whose rate grows exponentially from step to step. Where the loss falls fastest, a rate is worth starting from.
 */
import type { PreparedData } from "../data/prepared.ts";
import { AppError } from "../errors.ts";
import type { TrainingOptions } from "../spec/training.ts";
import type { OutputInfo } from "./evaluate.ts";
import type { Network } from "./network.ts";
import { trainingWeights } from "./row-weights.ts";

export interface RangeTestOptions {
  readonly network: Network;
  readonly data: PreparedData;
  readonly training: TrainingOptions;
  readonly outputs: readonly OutputInfo[];
  /** The first and the last rate. */
  readonly from: number;
  readonly to: number;
  readonly steps: number;
  /** What parameters start from, by full name, where that is not drawn. */
  readonly given?: Readonly<Record<string, Float32Array>> | undefined;
}

export interface RangePoint {
  readonly rate: number;
  /** Of the batch, before its step. */
  readonly loss: number;
  /** Exponential moving average of the losses so far, debiased. */
  readonly smoothed: number;
}

export interface RangeTestResult {
  readonly points: readonly RangePoint[];
  /** Whether the loss grew beyond use before the last rate. */
  readonly ended: "done" | "diverged";
  /** The rate at which the loss fell fastest; null when it never fell. */
  readonly proposed: number | null;
}

const SMOOTHING = 0.9;
/** The test ends when the smoothed loss has risen above its best by this many times what it was or had fallen. */
const DIVERGED = 3;

/**
 * Yields every point as it is made. The network is left as the test leaves it: a network of its own is wanted.
 * @throws AppError train.range_test_backwards; train.not_finite* when the very first step fails
 */
export function* rangeTest(options: RangeTestOptions): Generator<RangePoint, RangeTestResult, void> {
  const { network, data, training, outputs, from, to, steps, given } = options;
  if (!(to > from && from > 0)) throw new AppError("train.range_test_backwards", { from, to });
  network.initialise(training.seed, given);
  const { training: rows } = data;
  const weights = trainingWeights(rows, training, Object.fromEntries(outputs.map(({ layer, encoding }) => [layer.id, encoding])));
  const points: RangePoint[] = [];
  let [average, best, epoch, position] = [0, Number.POSITIVE_INFINITY, 0, rows.rowCount];
  let order: Uint32Array = new Uint32Array(0);
  for (let step = 0; step < steps; step++) {
    if (position >= rows.rowCount) {
      epoch += 1;
      position = 0;
      order = rows.ahead?.order(epoch) ?? network.shuffledOrder(rows.rowCount, epoch);
    }
    const rate = from * (to / from) ** (step / Math.max(1, steps - 1));
    const loss = lossOfStep(() => network.trainStep(rows, order, position, step, rate, weights), step);
    if (loss === null) return { points, ended: "diverged", proposed: steepest(points) };
    position += network.batchSize;
    average = SMOOTHING * average + (1 - SMOOTHING) * loss;
    const smoothed = average / (1 - SMOOTHING ** (step + 1));
    const point = { rate, loss, smoothed };
    points.push(point);
    yield point;
    best = Math.min(best, smoothed);
    const scale = Math.max(Math.abs(best), Math.abs((points[0]?.smoothed ?? 0) - best));
    if (smoothed - best > DIVERGED * scale) return { points, ended: "diverged", proposed: steepest(points) };
  }
  return { points, ended: "done", proposed: steepest(points) };
}

/** Null when the loss is no finite number any more, which ends a test; of the first step it is a fault of design or data. */
function lossOfStep(act: () => number, step: number): number | null {
  try {
    return act();
  } catch (error) {
    if (step > 0 && error instanceof AppError && error.code.startsWith("train.not_finite")) return null;
    throw error;
  }
}

/** Half of the stretch over which losses are averaged and slopes taken, as a share of all points. */
const HALF_STRETCH = 0.05;

/**
 * The rate at which the loss falls fastest over the logarithm of the rate, before it is lowest. Taken on a centred mean, which,
 * unlike the moving average that is shown, does not lag; null when the loss never falls.
 */
export function steepest(points: readonly Pick<RangePoint, "rate" | "loss">[]): number | null {
  const half = Math.max(1, Math.round(points.length * HALF_STRETCH));
  const meanAround = (i: number): number => {
    const part = points.slice(i - half, i + half + 1);
    return part.reduce((sum, { loss }) => sum + loss, 0) / part.length;
  };
  // Where the stretch would reach beyond an end there is no mean; a shorter one would be noise.
  const centred = points.slice(0, Math.max(0, points.length - 2 * half)).map((_, i) => meanAround(i + half));
  const lowest = centred.indexOf(Math.min(...centred));
  let [found, fall]: [number | null, number] = [null, 0];
  for (let i = half; i <= Math.min(lowest, centred.length - 1 - half); i++) {
    const rateAt = (place: number): number => (points[place + half] as { rate: number }).rate;
    const slope = ((centred[i + half] as number) - (centred[i - half] as number)) / Math.log(rateAt(i + half) / rateAt(i - half));
    if (slope < fall) [found, fall] = [rateAt(i), slope];
  }
  return found;
}
