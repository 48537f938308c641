/** Cases of activations with weights. */
import type { Shape } from "../../core/ir/tensor.ts";
import type { OpCase } from "./op-case.ts";

const SHAPES: readonly Shape[] = [
  [1, 1],
  [7, 1],
  [2, 3],
  [3, 4],
  [5, 5],
  [7, 16],
  [10, 17],
  [2, 3, 9],
  [33, 40],
  [129, 20],
];
const channels = (shape: Shape): Shape => shape.slice(-1);

export const learnedActivationCases = {
  prelu: SHAPES.map(
    (shape): OpCase => ({
      op: "prelu",
      inputs: [
        { shape, fill: "zero_or_normal" },
        { shape: channels(shape), fill: "normal" },
      ],
      attributes: {},
    }),
  ),
  prelu_gradient: SHAPES.map(
    (shape): OpCase => ({
      op: "prelu_gradient",
      inputs: [
        { shape, fill: "zero_or_normal" },
        { shape: channels(shape), fill: "normal" },
        { shape, fill: "normal" },
      ],
      attributes: {},
    }),
  ),
};
