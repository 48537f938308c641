import type { ActivationImplementation } from "../activation.ts";

export default {
  saved: "input",
  value: (x) => x / (1 + Math.abs(x)),
  derivative: (x) => 1 / ((1 + Math.abs(x)) * (1 + Math.abs(x))),
} satisfies ActivationImplementation;
