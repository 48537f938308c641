import type { ActivationImplementation } from "../activation.ts";

export default {
  saved: "output",
  value: (x) => Math.min(1, Math.max(0, x / 6 + 0.5)),
  derivative: (y) => (y > 0 && y < 1 ? 1 / 6 : 0),
} satisfies ActivationImplementation;
