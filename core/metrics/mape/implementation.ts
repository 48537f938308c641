import type { MetricImplementation } from "../metric.ts";
import { meanOfColumns, RELATIVE, WEIGHT } from "../tally.ts";

export default {
  running: (tally) => ({ mape: meanOfColumns(tally, (sums) => (sums[RELATIVE] as number) / (sums[WEIGHT] as number)) }),
} satisfies MetricImplementation;
