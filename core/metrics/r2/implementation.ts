import type { MetricImplementation } from "../metric.ts";
import { COUNT, meanOfColumns, SPREAD, SQUARED } from "../tally.ts";

/** Zero where it is within the rounding of the two sums (rows · 2⁻⁵²): the mean as the answer has no −6.7e-16. NaN for fewer than two rows; of a target that never varies 1 when every prediction is right and else 0 (scikit-learn's force_finite). */
export default {
  running: (tally) => ({
    r2: meanOfColumns(tally, (sums) => {
      const [squares, spread] = [sums[SQUARED] as number, sums[SPREAD] as number];
      if ((sums[COUNT] as number) < 2) return Number.NaN;
      if (spread === 0) return squares === 0 ? 1 : 0;
      const share = 1 - squares / spread;
      return Math.abs(share) <= (sums[COUNT] as number) * Number.EPSILON ? 0 : share;
    }),
  }),
} satisfies MetricImplementation;
