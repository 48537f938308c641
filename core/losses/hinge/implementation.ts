import type { LossImplementation } from "../loss.ts";

export default {
  value: (p, t) => Math.max(0, 1 - t * p),
  derivative: (p, t) => (1 - t * p > 0 ? -t : 0),
} satisfies LossImplementation;
