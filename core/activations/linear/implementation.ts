import type { ActivationImplementation } from "../activation.ts";

export default {
  saved: "output",
  value: (x) => x,
  derivative: () => 1,
} satisfies ActivationImplementation;
