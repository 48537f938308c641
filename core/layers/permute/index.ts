/** Permute: the axes of a sample in another order (Keras's Permute; axes count from 1, the batch stays first). */
import { AppError } from "../../errors.ts";
import { type Shape, showShape } from "../../ir/tensor.ts";
import { shape } from "../../schema/fields.ts";
import { defineLayer } from "../define-layer.ts";
import { texts } from "./texts.ts";

function requirePermutation(dims: Shape, input: Shape): Shape {
  const sorted = [...dims].sort((a, b) => a - b);
  if (dims.length !== input.length || sorted.some((axis, i) => axis !== i + 1))
    throw new AppError("design.not_a_permutation", { rank: input.length, received: showShape(dims), shape: showShape(input) });
  return dims.map((axis) => input[axis - 1] ?? 0);
}

export default defineLayer({
  type: "permute",
  group: "reshaping",
  icon: "⇄",
  schema: { dims: shape({ default: [2, 1] }) },
  texts,
  traits: { orderField: "dims" },
  ports: { inputs: [{ name: "input", kind: "float" }], outputs: [{ name: "output", kind: "float" }] },
  headline: (c) => `[${c.dims.join(", ")}]`,
  outputShapes: ({ config, inputs }) => [requirePermutation(config.dims, inputs[0] ?? [])],
  build: ({ builder, config, inputs }) => [builder.one("permute", inputs.slice(0, 1), { axes: [0, ...config.dims] })],
  pytorch: ({ config }) => ({ module: null, call: (_, [x = ""]) => `${x}.permute(0, ${config.dims.join(", ")})`, weights: {} }),
  keras: ({ config }) => ({ className: "Permute", config: { dims: config.dims } }),
  examples: [
    { name: "two axes swapped", config: {}, inputs: [[3, 4]] },
    { name: "channels first", config: { dims: [3, 1, 2] }, inputs: [[2, 3, 4]] },
  ],
});
