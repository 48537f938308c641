/** s ← ρ·s + (1 − ρ)·g²; d = g / (√s + ε); v ← momentum·v + d; p ← p − lr·v (PyTorch's arithmetic). hyper: [lr]. */
import type { OptimizerImplementation } from "../optimizer.ts";

export default {
  op: "rmsprop_update",
  slots: (c) => [{ name: "mean_square", start: 0 }, ...(c["momentum"] === 0 ? [] : [{ name: "velocity", start: 0 }])],
  attributes: (c) => ({ rho: c["rho"] as number, momentum: c["momentum"] as number, epsilon: c["epsilon"] as number }),
  hyper: (into, _, learningRate) => {
    into[0] = learningRate;
  },
} satisfies OptimizerImplementation;
