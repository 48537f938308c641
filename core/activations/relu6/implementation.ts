import type { ActivationImplementation } from "../activation.ts";

export default {
  saved: "output",
  value: (x) => Math.min(6, Math.max(0, x)),
  derivative: (y) => (y > 0 && y < 6 ? 1 : 0),
} satisfies ActivationImplementation;
