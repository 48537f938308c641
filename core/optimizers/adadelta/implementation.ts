/**
 * s ← ρ·s + (1 − ρ)·g²; d = √(u + ε) / √(s + ε) · g; u ← ρ·u + (1 − ρ)·d²; p ← p − lr·d (Zeiler 2012, algorithm 1; the
 * arithmetic of PyTorch and of Keras). hyper: [lr].
 */
import type { OptimizerImplementation } from "../optimizer.ts";

export default {
  op: "adadelta_update",
  slots: () => [
    { name: "mean_square", start: 0 },
    { name: "mean_square_step", start: 0 },
  ],
  attributes: (c) => ({ rho: c["rho"] as number, epsilon: c["epsilon"] as number }),
  hyper: (into, _, learningRate) => {
    into[0] = learningRate;
  },
} satisfies OptimizerImplementation;
