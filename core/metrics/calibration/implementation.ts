/**
 * Reliability: rows in ten bins of equal width by predicted probability (of yes; of several classes, of the one predicted),
 * in each the mean probability beside the share that came true. Expected calibration error: the mean difference, weighted by rows.
 */
import type { CalibrationBin, MetricImplementation, MetricRows, MetricTask } from "../metric.ts";
import { largest } from "../task.ts";

const BINS = 10;

/** A probability on an edge belongs to the bin below, as with scikit-learn's calibration_curve. */
function binOf(probability: number): number {
  let bin = 0;
  while (bin < BINS - 1 && (bin + 1) * (1 / BINS) < probability) bin += 1;
  return bin;
}

function binsOf({ kind, count }: MetricTask, { rows, predictions, targets, weights }: MetricRows): CalibrationBin[] {
  const sums = Array.from({ length: BINS }, () => ({ rows: 0, weight: 0, predicted: 0, observed: 0 }));
  for (let row = 0; row < rows; row++) {
    const place = kind === "two_classes" ? row : row * count + largest(predictions, row * count, count);
    const probability = predictions[place] as number;
    const isTrue = kind === "two_classes" ? (targets[row] as number) > 0.5 : targets[row] === place - row * count;
    const bin = sums[binOf(probability)];
    const weight = weights === null ? 1 : (weights[row] as number);
    if (bin === undefined || weight === 0) continue;
    bin.rows += 1;
    bin.weight += weight;
    bin.predicted += weight * probability;
    bin.observed += isTrue ? weight : 0;
  }
  return sums.map(({ rows: inBin, weight, predicted, observed }, i) => ({
    from: i * (1 / BINS),
    to: i === BINS - 1 ? 1 : (i + 1) * (1 / BINS),
    rows: inBin,
    weight,
    predicted: weight === 0 ? null : predicted / weight,
    observed: weight === 0 ? null : observed / weight,
  }));
}

export default {
  whole: (task, rows) => {
    let [error, total] = [0, 0];
    for (const { weight, predicted, observed } of binsOf(task, rows)) {
      if (predicted === null || observed === null) continue;
      error += weight * Math.abs(observed - predicted);
      total += weight;
    }
    return { expected_calibration_error: error / total };
  },
  details: (task, rows) => ({ bins: binsOf(task, rows) }),
} satisfies MetricImplementation;
