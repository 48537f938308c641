/** p ← p − lr·g, g over all training rows (batchRows of core/spec/training.ts sees to that). hyper: [lr]. */
import type { OptimizerImplementation } from "../optimizer.ts";

export default {
  op: "sgd_update",
  slots: () => [],
  attributes: () => ({ momentum: 0, nesterov: false }),
  hyper: (into, _, learningRate) => {
    into[0] = learningRate;
  },
} satisfies OptimizerImplementation;
