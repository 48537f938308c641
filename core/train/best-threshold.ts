/** The threshold that serves an aim best, of all that rows which were predicted have. */
import { type Aim, bestPoint, type ThresholdPoint } from "../insight/thresholds.ts";
import { cornersOf, countsOfClass } from "../metrics/threshold-counts.ts";
import type { PredictedRows } from "./predicted-rows.ts";

/**
 * @param label number of the class or label that counts as yes; of two classes with one score it is the second
 * @returns null where no threshold reaches what is asked for at least, and of numbers
 */
export function bestThreshold(rows: PredictedRows, label: number, aim: Aim): ThresholdPoint | null {
  if (rows.task.kind === "numbers" || label >= rows.task.count) return null;
  const counts = countsOfClass(rows.task, rows, label);
  const { thresholds, falseYes, trueYes } = counts;
  const [no, yes] = [falseYes.at(-1) ?? 0, trueYes.at(-1) ?? 0];
  const point = (threshold: number | null, falsePositives: number, truePositives: number): ThresholdPoint => ({
    threshold,
    truePositives,
    falsePositives,
    trueNegatives: no - falsePositives,
    falseNegatives: yes - truePositives,
  });
  const points = [
    point(null, 0, 0),
    ...cornersOf(counts)
      // Where there is no score there is nothing to be above.
      .filter((i) => Number.isFinite(thresholds[i]))
      .map((i) => point(thresholds[i] as number, falseYes[i] as number, trueYes[i] as number)),
  ];
  return points[bestPoint(points, aim)] ?? null;
}
