import type { MetricImplementation } from "../metric.ts";
import { averagedRates, precisionOf, rateOfEachClass } from "../precision-and-recall.ts";

export default {
  running: (tally) => averagedRates(tally, "precision", precisionOf),
  details: (_task, _rows, tally) => rateOfEachClass(tally, "precision", precisionOf),
} satisfies MetricImplementation;
