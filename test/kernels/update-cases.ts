/** Cases of what follows the optimizer's update: the average of the weights, and constraints. */
import type { Shape } from "../../core/ir/tensor.ts";
import { HYPER_SIZE } from "../../core/optimizers/optimizer.ts";
import type { OpCase } from "./op-case.ts";

const SIZES: readonly Shape[] = [[1], [3], [4], [5], [17], [64], [7, 9], [1003]];
const WEIGHTS: readonly Shape[] = [
  [1],
  [5],
  [1, 1],
  [1, 7],
  [6, 1],
  [4, 3],
  [5, 16],
  [13, 21],
  [300, 33],
  [3, 2, 4, 5],
  [2, 2, 1, 3],
  [6, 4, 2],
];

const hyper = (momentum: number): number[] => Array.from({ length: HYPER_SIZE }, (_, i) => (i === HYPER_SIZE - 1 ? momentum : 0.5));

export const updateCases = {
  average_update: [0, 0.9, 0.99].flatMap((momentum) =>
    SIZES.map(
      (shape): OpCase => ({
        op: "average_update",
        inputs: [
          { shape, fill: "normal" },
          { shape: [HYPER_SIZE], fill: hyper(momentum) },
          { shape, fill: "normal" },
        ],
        attributes: {},
      }),
    ),
  ),
  constrain: [
    { function: "max_norm", limit: 0.5 },
    { function: "max_norm", limit: 1000 },
    { function: "unit_norm" },
    { function: "non_neg" },
  ].flatMap((attributes) =>
    ["first", "all_but_last", "last"].flatMap((over) =>
      WEIGHTS.map((shape): OpCase => ({ op: "constrain", inputs: [{ shape, fill: "normal" }], attributes: { ...attributes, over } })),
    ),
  ),
};
