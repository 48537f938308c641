/**
 * Nadam (Dozat 2016) with the momentum schedule of Keras and PyTorch, µₜ = β1·(1 − ½·0.96^(t/250)):
 * p ← p − (a·g + b·m) / (√v / √(1 − β2ᵗ) + ε), a = lr·(1 − µₜ) / (1 − Πµ), b = lr·µₜ₊₁ / (1 − Πµ·µₜ₊₁).
 * hyper: [a, b, √(1 − β2ᵗ)].
 */
import { integerPower, type OptimizerImplementation } from "../optimizer.ts";

/** 0.96^(1/250), written out: the same bits on every machine. */
const DECAY = 0.9998367253526753;
/** Below this 1 − Πµ is 1: later factors make no difference, and the product need not be taken further. */
const NOTHING = 2 ** -60;

export default {
  op: "nadam_update",
  slots: () => [
    { name: "first_moment", start: 0 },
    { name: "second_moment", start: 0 },
  ],
  attributes: (c) => ({ beta_1: c["beta_1"] as number, beta_2: c["beta_2"] as number, epsilon: c["epsilon"] as number }),
  hyper: (into, c, learningRate, step) => {
    const beta1 = c["beta_1"] as number;
    const momentum = (t: number): number => beta1 * (1 - 0.5 * integerPower(DECAY, t));
    // From the start each time: nothing has to be kept beside the blocks, and a resumed run has the same bits.
    let product = 1;
    let power = 1;
    for (let t = 1; t <= step + 1 && product > NOTHING; t++) {
      power *= DECAY;
      product *= beta1 * (1 - 0.5 * power);
    }
    const next = momentum(step + 2);
    into[0] = (learningRate * (1 - momentum(step + 1))) / (1 - product);
    into[1] = (learningRate * next) / (1 - product * next);
    into[2] = Math.sqrt(1 - integerPower(c["beta_2"] as number, step + 1));
  },
} satisfies OptimizerImplementation;
