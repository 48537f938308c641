import type { ActivationImplementation } from "../activation.ts";

export default {
  saved: "output",
  value: (x) => (x > 0 || Number.isNaN(x) ? x : 0),
  derivative: (y) => (y > 0 ? 1 : 0),
} satisfies ActivationImplementation;
