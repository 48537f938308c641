import type { MetricImplementation } from "../metric.ts";
import { ROWS, SQUARES } from "../tally.ts";

/** Of more than two classes the squares are summed over the classes, of labels averaged over them. */
export default {
  // Two columns that sum to one hold each difference twice (scikit-learn's scale_by_half).
  running: ({ task, sums }) => ({
    brier_score: (sums[SQUARES] as number) / (sums[ROWS] as number) / (task.kind === "classes" && task.count < 3 ? 2 : 1),
  }),
} satisfies MetricImplementation;
