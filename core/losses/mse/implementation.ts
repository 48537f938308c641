import type { LossImplementation } from "../loss.ts";

export default {
  value: (p, t) => (p - t) * (p - t),
  derivative: (p, t) => 2 * (p - t),
} satisfies LossImplementation;
