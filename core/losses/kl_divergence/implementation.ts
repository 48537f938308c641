/** Σ t·log(t / p) over the last axis, both kept within 1e-7 and 1 (Keras's formula; PyTorch's kl_div takes log p and does not cut). */
import { type LossImplementation, PROBABILITY_EPSILON } from "../loss.ts";

const within = (p: number): number => Math.min(1, Math.max(PROBABILITY_EPSILON, p));

export default {
  value: (p, t) => within(t) * Math.log(within(t) / within(p)),
  derivative: (p, t) => (p === within(p) ? -within(t) / p : 0),
  sumsRows: true,
} satisfies LossImplementation;
