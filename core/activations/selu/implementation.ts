/** Klambauer et al. 2017, equation 2; the fixed point of mean 0 and variance 1 gives the two constants (their equation 14). */
import type { ActivationImplementation } from "../activation.ts";

const SCALE = 1.0507009873554805;
const ALPHA = 1.6732632423543772;

export default {
  saved: "output",
  value: (x) => SCALE * (x > 0 ? x : ALPHA * Math.expm1(x)),
  derivative: (y) => (y > 0 ? SCALE : y + SCALE * ALPHA),
} satisfies ActivationImplementation;
