import type { MetricImplementation } from "../metric.ts";
import { ALL_RIGHT, RIGHT, ROWS } from "../tally.ts";

export default {
  running: ({ task, sums }) => {
    const [rows, right, all] = [sums[ROWS] as number, sums[RIGHT] as number, sums[ALL_RIGHT] as number];
    return { accuracy: right / rows, ...(task.kind === "labels" ? { exact_match: all / rows } : {}) };
  },
} satisfies MetricImplementation;
