import type { ActivationImplementation } from "../activation.ts";

export default {
  saved: "output",
  value: (x) => 1 / (1 + Math.exp(-x)),
  derivative: (y) => y * (1 - y),
} satisfies ActivationImplementation;
