/** Updates of parameters by every optimizer, with the slots each keeps. */
import type { OpName } from "../../core/ir/op-name.ts";
import type { Attributes, Shape } from "../../core/ir/tensor.ts";
import { type Fill, type OpCase, one } from "./op-case.ts";

function updates(op: OpName, variants: readonly { slots: number; attributes: Attributes }[], hyper: readonly number[]): OpCase[] {
  return variants.flatMap(({ slots, attributes }) =>
    [[1], [3], [17], [64], [1003]].map((shape) =>
      one(
        op,
        [[shape, "normal"], [shape, "normal"], [[8], hyper], ...Array.from({ length: slots }, (): [Shape, Fill] => [shape, "positive"])],
        attributes,
      ),
    ),
  );
}

export const optimizerCases = {
  sgd_update: updates(
    "sgd_update",
    [
      { slots: 0, attributes: { momentum: 0, nesterov: false } },
      { slots: 1, attributes: { momentum: 0.9, nesterov: false } },
      { slots: 1, attributes: { momentum: 0.9, nesterov: true } },
    ],
    [0.03],
  ),
  adam_update: updates(
    "adam_update",
    [2, 3].flatMap((slots) => [
      { slots, attributes: { beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7 } },
      { slots, attributes: { beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7, decays: true } },
    ]),
    [0.01, 0.0316, 0.97],
  ),
  nadam_update: updates("nadam_update", [{ slots: 2, attributes: { beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7 } }], [0.004, 0.007, 0.0316]),
  adadelta_update: updates("adadelta_update", [{ slots: 2, attributes: { rho: 0.95, epsilon: 1e-7 } }], [0.5]),
  rmsprop_update: updates(
    "rmsprop_update",
    [
      { slots: 1, attributes: { rho: 0.9, momentum: 0, epsilon: 1e-7 } },
      { slots: 2, attributes: { rho: 0.9, momentum: 0.5, epsilon: 1e-7 } },
    ],
    [0.01],
  ),
  adagrad_update: updates("adagrad_update", [{ slots: 1, attributes: { epsilon: 1e-7 } }], [0.01]),
};
