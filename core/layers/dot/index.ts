/**
 * Dot (Keras's Dot): for every sample, the products of two inputs summed over one axis of each; the other axes of the first
 * and then those of the second remain. Two vectors give one number; normalized, the cosine of the angle between them.
 */

import { AppError } from "../../errors.ts";
import type { Builder } from "../../ir/builder.ts";
import { type Shape, showShape, sizeOf, type Tensor } from "../../ir/tensor.ts";
import { bool, int } from "../../schema/fields.ts";
import { defineLayer } from "../define-layer.ts";
import { sampleAxis } from "../shapes.ts";
import { texts } from "./texts.ts";

interface Sides {
  readonly first: Shape;
  readonly second: Shape;
  /** Axes within a sample, from 0. */
  readonly firstAxis: number;
  readonly secondAxis: number;
}

function sidesOf(inputs: readonly Shape[], config: { readonly first_axis: number; readonly second_axis: number }): Sides {
  const [first, second] = inputs;
  if (first === undefined || second === undefined) throw new AppError("design.too_few_inputs", { expected: 2, received: inputs.length });
  if (inputs.length > 2) throw new AppError("design.too_many_inputs", { expected: 2, received: inputs.length });
  const firstAxis = sampleAxis(config.first_axis, first.length);
  const secondAxis = sampleAxis(config.second_axis, second.length);
  if (first[firstAxis] !== second[secondAxis])
    throw new AppError("design.dot_axes_differ", {
      first: showShape(first),
      second: showShape(second),
      expected: first[firstAxis] ?? 0,
      received: second[secondAxis] ?? 0,
    });
  return { first, second, firstAxis, secondAxis };
}

const without = (shape: Shape, axis: number): Shape => shape.filter((_, i) => i !== axis);

/** `[N, others, axis]`: the summed axis last, the others as one. */
function axisLast(builder: Builder, x: Tensor, axis: number): Tensor {
  const axes = x.shape.map((_, i) => i).filter((i) => i !== axis + 1);
  const moved = axis + 2 === x.shape.length ? x : builder.one("permute", [x], { axes: [...axes, axis + 1] });
  const size = x.shape[axis + 1] ?? 1;
  return builder.reshape(moved, [x.shape[0] ?? 1, sizeOf(x.shape.slice(1)) / size, size]);
}

/** Below this a vector counts as this long (Keras's epsilon): a vector of zeros is like nothing. */
const SHORTEST = 1e-7;

/** `[N, others, axis]` over √length: lengths are divided out, but for the root of their number, which the product makes good. */
const overLength = (builder: Builder, x: Tensor): Tensor =>
  builder.one("rms_normalization", [x], { epsilon: SHORTEST ** 2 / (x.shape[2] ?? 1) });

export default defineLayer({
  type: "dot",
  group: "merging",
  icon: "·",
  schema: {
    first_axis: int({ default: -1, min: -6, max: 6 }),
    second_axis: int({ default: -1, min: -6, max: 6 }),
    normalize: bool({ default: false }),
  },
  texts,
  traits: { merges: true, sumsFields: ["first_axis", "second_axis"] },
  ports: { inputs: [{ name: "inputs", kind: "float", multiple: true }], outputs: [{ name: "output", kind: "float" }] },
  headline: (c) => `${c.first_axis}, ${c.second_axis}`,
  outputShapes: ({ config, inputs }) => {
    const { first, second, firstAxis, secondAxis } = sidesOf(inputs, config);
    const left = [...without(first, firstAxis), ...without(second, secondAxis)];
    return [left.length === 0 ? [1] : left];
  },
  build: ({ builder, config, inputs }) => {
    const [a, b] = inputs;
    const { first, second, firstAxis, secondAxis } = sidesOf(
      inputs.map(({ shape }) => shape.slice(1)),
      config,
    );
    if (a === undefined || b === undefined) throw new Error("dot has two inputs");
    const moved = [axisLast(builder, a, firstAxis), axisLast(builder, b, secondAxis)];
    const rows = config.normalize ? moved.map((x) => overLength(builder, x)) : moved;
    const plain = builder.one("batch_product", rows, { transpose_a: false, transpose_b: true });
    const product = config.normalize ? builder.one("scale", [plain], { factor: 1 / (first[firstAxis] ?? 1) }) : plain;
    const left = [...without(first, firstAxis), ...without(second, secondAxis)];
    return [builder.reshape(product, [a.shape[0] ?? 1, ...(left.length === 0 ? [1] : left)])];
  },
  pytorch: ({ config, inputs }) => {
    const { first, second, firstAxis, secondAxis } = sidesOf(inputs, config);
    const left = [...without(first, firstAxis), ...without(second, secondAxis)];
    const last = (x: string, axis: number, size: number) => {
      const rows = `${x}.movedim(${axis + 1}, -1).reshape(${x}.shape[0], -1, ${size})`;
      return config.normalize ? `nn.functional.normalize(${rows}, dim=-1, eps=${SHORTEST})` : rows;
    };
    return {
      module: null,
      call: (_, [a = "", b = ""]) =>
        `(${last(a, firstAxis, first[firstAxis] ?? 1)} @ ${last(b, secondAxis, second[secondAxis] ?? 1)}.transpose(1, 2)).reshape(-1, ${(left.length === 0 ? [1] : left).join(", ")})`,
      weights: {},
    };
  },
  keras: ({ config }) => ({ className: "Dot", config: { axes: [config.first_axis, config.second_axis], normalize: config.normalize } }),
  fromKeras: {
    reads: ["axes"],
    config: ({ axes }) => {
      const [first_axis, second_axis] = Array.isArray(axes) ? axes : [axes, axes];
      return { first_axis, second_axis };
    },
  },
  examples: [
    { name: "two vectors", config: {}, inputs: [[5], [5]] },
    { name: "the cosine of two vectors", config: { normalize: true }, inputs: [[5], [5]] },
    {
      name: "cosines over the first axis and the last",
      config: { first_axis: 1, normalize: true },
      inputs: [
        [4, 3],
        [2, 4],
      ],
    },
    {
      name: "matrices over their last axes",
      config: {},
      inputs: [
        [3, 4],
        [2, 4],
      ],
    },
    {
      name: "a matrix product",
      config: { first_axis: 2, second_axis: 1 },
      inputs: [
        [3, 4],
        [4, 2],
      ],
    },
    { name: "over the first axis of three", config: { first_axis: 1, second_axis: 1 }, inputs: [[4, 2, 3], [4]] },
  ],
});
