import type { MetricImplementation } from "../metric.ts";
import { NEGATIVE_LOG, ROWS } from "../tally.ts";

export default {
  running: ({ sums }) => ({ log_loss: (sums[NEGATIVE_LOG] as number) / (sums[ROWS] as number) }),
} satisfies MetricImplementation;
