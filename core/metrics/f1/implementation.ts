import type { MetricImplementation } from "../metric.ts";
import { averagedRates, f1Of, rateOfEachClass } from "../precision-and-recall.ts";

export default {
  running: (tally) => averagedRates(tally, "f1", f1Of),
  details: (_task, _rows, tally) => rateOfEachClass(tally, "f1", f1Of),
} satisfies MetricImplementation;
