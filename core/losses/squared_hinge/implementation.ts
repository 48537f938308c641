/** max(0, 1 − t·p)². */
import type { LossImplementation } from "../loss.ts";

export default {
  value: (p, t) => Math.max(0, 1 - t * p) ** 2,
  derivative: (p, t) => -2 * t * Math.max(0, 1 - t * p),
} satisfies LossImplementation;
