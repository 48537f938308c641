import type { MetricImplementation } from "../metric.ts";
import { IN_TOP, ROWS } from "../tally.ts";

export default {
  running: ({ sums }) => ({ top_5_accuracy: (sums[IN_TOP] as number) / (sums[ROWS] as number) }),
} satisfies MetricImplementation;
