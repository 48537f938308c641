import type { MetricImplementation } from "../metric.ts";
import { COUNT, meanOfColumns, SPREAD, SQUARED } from "../tally.ts";

/** NaN for fewer than two rows; of a target that never varies 1 when every prediction is right and else 0 (scikit-learn's force_finite). */
export default {
  running: (tally) => ({
    r2: meanOfColumns(tally, (sums) => {
      const [squares, spread] = [sums[SQUARED] as number, sums[SPREAD] as number];
      if ((sums[COUNT] as number) < 2) return Number.NaN;
      return spread === 0 ? (squares === 0 ? 1 : 0) : 1 - squares / spread;
    }),
  }),
} satisfies MetricImplementation;
