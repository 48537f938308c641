/**
 * Adam (Kingma & Ba 2015, algorithm 1) in PyTorch's arithmetic: p ← p − (lr / (1 − β1ᵗ)) · m / (√v / √(1 − β2ᵗ) + ε); with
 * AMSGrad (Reddi et al. 2018, algorithm 2) the largest v so far in place of v. hyper: [lr / (1 − β1ᵗ), √(1 − β2ᵗ)].
 */
import { integerPower, type OptimizerImplementation } from "../optimizer.ts";

export default {
  op: "adam_update",
  slots: (c) => [
    { name: "first_moment", start: 0 },
    { name: "second_moment", start: 0 },
    ...(c["amsgrad"] === true ? [{ name: "largest_second_moment", start: 0 }] : []),
  ],
  attributes: (c) => ({ beta_1: c["beta_1"] as number, beta_2: c["beta_2"] as number, epsilon: c["epsilon"] as number }),
  hyper: (into, c, learningRate, step) => {
    into[0] = learningRate / (1 - integerPower(c["beta_1"] as number, step + 1));
    into[1] = Math.sqrt(1 - integerPower(c["beta_2"] as number, step + 1));
  },
} satisfies OptimizerImplementation;
