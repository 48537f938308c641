/** Huber 1964 with δ = 1, Keras's and PyTorch's default. */
import type { LossImplementation } from "../loss.ts";

const DELTA = 1;

export default {
  value: (p, t) => {
    const distance = Math.abs(p - t);
    return distance <= DELTA ? 0.5 * distance * distance : DELTA * (distance - 0.5 * DELTA);
  },
  derivative: (p, t) => Math.max(-DELTA, Math.min(DELTA, p - t)),
} satisfies LossImplementation;
