import type { MetricImplementation } from "../metric.ts";
import { ABSOLUTE, meanOfColumns, WEIGHT } from "../tally.ts";

export default {
  running: (tally) => ({ mae: meanOfColumns(tally, (sums) => (sums[ABSOLUTE] as number) / (sums[WEIGHT] as number)) }),
} satisfies MetricImplementation;
