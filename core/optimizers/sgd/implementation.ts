/** v ← momentum·v + g; p ← p − lr·v, or p − lr·(g + momentum·v) with Nesterov: PyTorch's form of SGD. hyper: [lr]. */
import type { OptimizerImplementation } from "../optimizer.ts";

export default {
  op: "sgd_update",
  slots: (c) => (c["momentum"] === 0 ? [] : [{ name: "velocity", start: 0 }]),
  attributes: (c) => ({ momentum: c["momentum"] as number, nesterov: c["nesterov"] as boolean }),
  hyper: (into, _, learningRate) => {
    into[0] = learningRate;
  },
} satisfies OptimizerImplementation;
