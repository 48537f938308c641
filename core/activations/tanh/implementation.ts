import type { ActivationImplementation } from "../activation.ts";

export default {
  saved: "output",
  value: (x) => Math.tanh(x),
  derivative: (y) => 1 - y * y,
} satisfies ActivationImplementation;
