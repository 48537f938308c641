/**
 * Adam with decoupled weight decay (Loshchilov & Hutter 2019, algorithm 2): p ← p·(1 − lr·decay), then Adam's step
 * (PyTorch's arithmetic; Keras's is the same). hyper: [lr / (1 − β1ᵗ), √(1 − β2ᵗ), 1 − lr·decay].
 */
import { integerPower, type OptimizerImplementation } from "../optimizer.ts";

export default {
  op: "adam_update",
  slots: (c) => [
    { name: "first_moment", start: 0 },
    { name: "second_moment", start: 0 },
    ...(c["amsgrad"] === true ? [{ name: "largest_second_moment", start: 0 }] : []),
  ],
  attributes: (c) => ({
    beta_1: c["beta_1"] as number,
    beta_2: c["beta_2"] as number,
    epsilon: c["epsilon"] as number,
    decays: true,
  }),
  hyper: (into, c, learningRate, step) => {
    into[0] = learningRate / (1 - integerPower(c["beta_1"] as number, step + 1));
    into[1] = Math.sqrt(1 - integerPower(c["beta_2"] as number, step + 1));
    into[2] = 1 - learningRate * (c["weight_decay"] as number);
  },
} satisfies OptimizerImplementation;
