import type { ActivationImplementation } from "../activation.ts";

export default {
  saved: "output",
  value: (x) => (x > 0 ? x : 0.01 * x),
  derivative: (y) => (y > 0 ? 1 : 0.01),
} satisfies ActivationImplementation;
