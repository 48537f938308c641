import type { LossImplementation } from "../loss.ts";

export default {
  value: (p, t) => Math.abs(p - t),
  derivative: (p, t) => Math.sign(p - t),
} satisfies LossImplementation;
