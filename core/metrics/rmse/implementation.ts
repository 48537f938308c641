import type { MetricImplementation } from "../metric.ts";
import { meanOfColumns, SQUARED, WEIGHT } from "../tally.ts";

export default {
  running: (tally) => ({ rmse: meanOfColumns(tally, (sums) => Math.sqrt((sums[SQUARED] as number) / (sums[WEIGHT] as number))) }),
} satisfies MetricImplementation;
