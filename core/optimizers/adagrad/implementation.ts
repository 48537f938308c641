/** s ← s + g²; p ← p − lr·g / (√s + ε) (Duchi et al. 2011; PyTorch's arithmetic). hyper: [lr]. */
import type { OptimizerImplementation } from "../optimizer.ts";

export default {
  op: "adagrad_update",
  slots: (c) => [{ name: "sum_of_squares", start: c["initial_accumulator_value"] as number }],
  attributes: (c) => ({ epsilon: c["epsilon"] as number }),
  hyper: (into, _, learningRate) => {
    into[0] = learningRate;
  },
} satisfies OptimizerImplementation;
