import type { MetricImplementation } from "../metric.ts";
import { IN_TOP, ROWS } from "../tally.ts";
import { topKOf } from "../task.ts";

export default {
  running: ({ task, sums }) => ({ [`top_${topKOf(task)}_accuracy`]: (sums[IN_TOP] as number) / (sums[ROWS] as number) }),
} satisfies MetricImplementation;
