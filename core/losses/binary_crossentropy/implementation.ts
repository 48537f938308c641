/** On probabilities; after a sigmoid the pass in core/ir/passes replaces it by `sigmoid_binary_crossentropy` on the logits. */
import { type LossImplementation, PROBABILITY_EPSILON } from "../loss.ts";

const within = (p: number): number => Math.min(1 - PROBABILITY_EPSILON, Math.max(PROBABILITY_EPSILON, p));

export default {
  value: (p, t) => -(t * Math.log(within(p)) + (1 - t) * Math.log(1 - within(p))),
  derivative: (p, t) => (p !== within(p) ? 0 : (p - t) / (p * (1 - p))),
} satisfies LossImplementation;
