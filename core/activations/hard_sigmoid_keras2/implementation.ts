import type { ActivationImplementation } from "../activation.ts";

export default {
  saved: "output",
  value: (x) => Math.min(1, Math.max(0, 0.2 * x + 0.5)),
  derivative: (y) => (y > 0 && y < 1 ? 0.2 : 0),
} satisfies ActivationImplementation;
