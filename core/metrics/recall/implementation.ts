import type { MetricImplementation } from "../metric.ts";
import { averagedRates, rateOfEachClass, recallOf } from "../precision-and-recall.ts";

export default {
  running: (tally) => averagedRates(tally, "recall", recallOf),
  details: (_task, _rows, tally) => rateOfEachClass(tally, "recall", recallOf),
} satisfies MetricImplementation;
