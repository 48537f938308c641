/** log cosh x: log1p(cosh x − 1) near 0, where |x| + log(1 + e^−2|x|) − log 2 would lose its digits. */
import type { LossImplementation } from "../loss.ts";

export default {
  value: (p, t) => {
    const x = Math.abs(p - t);
    return x < 1 ? Math.log1p(2 * Math.sinh(x / 2) ** 2) : x + Math.log1p(Math.exp(-2 * x)) - Math.LN2;
  },
  derivative: (p, t) => Math.tanh(p - t),
} satisfies LossImplementation;
