/** log(1 + eˣ) in the form that neither overflows nor loses digits; PyTorch goes over to x at 20, where float32 cannot tell. */
import type { ActivationImplementation } from "../activation.ts";

export default {
  saved: "input",
  value: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  derivative: (x) => 1 / (1 + Math.exp(-x)),
} satisfies ActivationImplementation;
