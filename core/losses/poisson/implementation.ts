/** p − t·log(p + 1e-7): Keras's formula and epsilon (PyTorch's is 1e-8), without the term of t alone. */
import { type LossImplementation, PROBABILITY_EPSILON } from "../loss.ts";

export default {
  value: (p, t) => p - t * Math.log(p + PROBABILITY_EPSILON),
  derivative: (p, t) => 1 - t / (p + PROBABILITY_EPSILON),
} satisfies LossImplementation;
