/** ½x·(1 + tanh(√(2/π)·(x + 0.044715·x³))) (Hendrycks & Gimpel 2016, section 2). */
import type { ActivationImplementation } from "../activation.ts";

const ROOT = Math.sqrt(2 / Math.PI);
const CUBIC = 0.044715;
const inner = (x: number): number => Math.tanh(ROOT * (x + CUBIC * x * x * x));

export default {
  saved: "input",
  value: (x) => 0.5 * x * (1 + inner(x)),
  derivative: (x) => {
    const t = inner(x);
    return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * ROOT * (1 + 3 * CUBIC * x * x);
  },
} satisfies ActivationImplementation;
