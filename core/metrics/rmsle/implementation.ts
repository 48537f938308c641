import type { MetricImplementation } from "../metric.ts";
import { LOGARITHMIC, meanOfColumns, WEIGHT } from "../tally.ts";

export default {
  running: (tally) => ({ rmsle: meanOfColumns(tally, (sums) => Math.sqrt((sums[LOGARITHMIC] as number) / (sums[WEIGHT] as number))) }),
} satisfies MetricImplementation;
