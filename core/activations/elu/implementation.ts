/** Clevert et al. 2016, equation 1, with α = 1. */
import type { ActivationImplementation } from "../activation.ts";

export default {
  saved: "output",
  value: (x) => (x > 0 ? x : Math.expm1(x)),
  derivative: (y) => (y > 0 ? 1 : y + 1),
} satisfies ActivationImplementation;
