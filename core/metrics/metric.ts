/**
 * Metrics: figures that people read, computed exactly over a set, never averaged over batches. An accumulator takes
 * rows as they come (training) or all at once (validation); area under a curve needs all at once.
 */
import type { TargetEncoding } from "../data/prepared.ts";

export interface MetricInput {
  /** Row-major `[rows, width]`: predictions as the network gives them, in the target's own units for numbers. */
  readonly predictions: ArrayLike<number>;
  /** As encoded: `[rows]` class indices, or `[rows, width]`. */
  readonly targets: ArrayLike<number>;
  readonly rows: number;
  readonly width: number;
}

export interface Accumulator {
  add(input: MetricInput): void;
  /** Figures by name: accuracy, or mae, rmse, r2. */
  values(): Record<string, number>;
  /** Numbers that a checkpoint keeps, so that an epoch can go on in the middle. */
  save(): number[];
  restore(state: readonly number[]): void;
}

/** The accumulator for an encoding. `threshold` parts the two classes: 0.5 for probabilities, 0 for signed scores. */
export function accumulatorFor(encoding: TargetEncoding): Accumulator {
  switch (encoding) {
    case "value":
      return new RegressionAccumulator();
    case "class_index":
    case "one_hot":
      return new ClassAccumulator(encoding);
    case "binary":
    case "multi_binary":
      return new ThresholdAccumulator(0.5);
    case "sign":
      return new ThresholdAccumulator(0);
    default:
      return encoding satisfies never;
  }
}

const at = (list: ArrayLike<number>, i: number): number => list[i] as number;

/** Share of rows whose largest prediction is at the class of the target. */
class ClassAccumulator implements Accumulator {
  private right = 0;
  private rows = 0;
  private readonly encoding: "class_index" | "one_hot";

  constructor(encoding: "class_index" | "one_hot") {
    this.encoding = encoding;
  }

  add({ predictions, targets, rows, width }: MetricInput): void {
    for (let row = 0; row < rows; row++) {
      const expected = this.encoding === "class_index" ? at(targets, row) : largest(targets, row * width, width);
      if (largest(predictions, row * width, width) === expected) this.right += 1;
    }
    this.rows += rows;
  }

  values(): Record<string, number> {
    return { accuracy: this.right / this.rows };
  }

  save(): number[] {
    return [this.right, this.rows];
  }

  restore([right = 0, rows = 0]: readonly number[]): void {
    this.right = right;
    this.rows = rows;
  }
}

/** Index of the largest of `width` numbers from `start`; the first when several are. */
export function largest(values: ArrayLike<number>, start: number, width: number): number {
  let best = 0;
  for (let k = 1; k < width; k++) if (at(values, start + k) > at(values, start + best)) best = k;
  return best;
}

/** Share of all yes/no answers that are right. */
class ThresholdAccumulator implements Accumulator {
  private right = 0;
  private answers = 0;
  private readonly threshold: number;

  constructor(threshold: number) {
    this.threshold = threshold;
  }

  add({ predictions, targets, rows, width }: MetricInput): void {
    const answers = rows * width;
    for (let i = 0; i < answers; i++) if (at(predictions, i) > this.threshold === at(targets, i) > this.threshold) this.right += 1;
    this.answers += answers;
  }

  values(): Record<string, number> {
    return { accuracy: this.right / this.answers };
  }

  save(): number[] {
    return [this.right, this.answers];
  }

  restore([right = 0, answers = 0]: readonly number[]): void {
    this.right = right;
    this.answers = answers;
  }
}

/** Mean absolute error, root of the mean squared error and R² over all numbers of the target. */
class RegressionAccumulator implements Accumulator {
  private count = 0;
  private absolute = 0;
  private squares = 0;
  // Welford's running mean and sum of squares of the targets: R² does not lose digits on large targets.
  private mean = 0;
  private spread = 0;

  add({ predictions, targets, rows, width }: MetricInput): void {
    for (let i = 0; i < rows * width; i++) {
      const target = at(targets, i);
      const error = at(predictions, i) - target;
      this.count += 1;
      this.absolute += Math.abs(error);
      this.squares += error * error;
      const before = target - this.mean;
      this.mean += before / this.count;
      this.spread += before * (target - this.mean);
    }
  }

  values(): Record<string, number> {
    return { mae: this.absolute / this.count, rmse: Math.sqrt(this.squares / this.count), r2: 1 - this.squares / this.spread };
  }

  save(): number[] {
    return [this.count, this.absolute, this.squares, this.mean, this.spread];
  }

  restore([count = 0, absolute = 0, squares = 0, mean = 0, spread = 0]: readonly number[]): void {
    this.count = count;
    this.absolute = absolute;
    this.squares = squares;
    this.mean = mean;
    this.spread = spread;
  }
}

/**
 * Area under the ROC curve: the share of (positive, negative) pairs ranked rightly, ties counting half (Mann–Whitney).
 * NaN when one of the classes is missing.
 * @param scores   [rows]
 * @param positive [rows], above `threshold` is positive
 */
export function areaUnderRoc(scores: ArrayLike<number>, positive: ArrayLike<number>, threshold = 0.5): number {
  const order = Uint32Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => at(scores, a) - at(scores, b));
  let rankSum = 0;
  let positives = 0;
  for (let i = 0; i < order.length; ) {
    let end = i;
    while (end < order.length && at(scores, at(order, end)) === at(scores, at(order, i))) end += 1;
    const rank = (i + end + 1) / 2;
    for (; i < end; i++)
      if (at(positive, at(order, i)) > threshold) {
        rankSum += rank;
        positives += 1;
      }
  }
  const negatives = order.length - positives;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}
