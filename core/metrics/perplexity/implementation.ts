import type { MetricImplementation } from "../metric.ts";
import { NEGATIVE_LOG, ROWS } from "../tally.ts";

export default {
  running: ({ sums }) => ({ perplexity: Math.exp((sums[NEGATIVE_LOG] as number) / (sums[ROWS] as number)) }),
} satisfies MetricImplementation;
