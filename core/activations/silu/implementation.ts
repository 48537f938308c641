/** x·σ(x) (Elfwing et al. 2018, equation 10; Swish with β = 1). */
import type { ActivationImplementation } from "../activation.ts";

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

export default {
  saved: "input",
  value: (x) => x * sigmoid(x),
  derivative: (x) => sigmoid(x) * (1 + x * (1 - sigmoid(x))),
} satisfies ActivationImplementation;
