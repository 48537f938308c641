/** Reshape: the same numbers under another shape; one axis may be −1, "what is left" (Keras's Reshape). */
import { AppError } from "../../errors.ts";
import { type Shape, sizeOf } from "../../ir/tensor.ts";
import { shape } from "../../schema/fields.ts";
import { defineLayer } from "../define-layer.ts";
import { texts } from "./texts.ts";

function resolve(target: Shape, input: Shape): Shape {
  const size = sizeOf(input);
  const known = target.filter((axis) => axis !== -1).reduce((product, axis) => product * axis, 1);
  const result = target.map((axis) => (axis === -1 ? size / known : axis));
  if (result.some((axis) => !Number.isInteger(axis) || axis < 1) || sizeOf(result) !== size)
    throw new AppError("design.reshape_size", { expected: `[${target.join(", ")}]`, received: `[${input.join(", ")}]`, size });
  return result;
}

export default defineLayer({
  type: "reshape",
  group: "reshaping",
  icon: "⊞",
  schema: { target_shape: shape({ default: [-1], wildcard: true }) },
  texts,
  traits: { shapeField: "target_shape" },
  ports: { inputs: [{ name: "input", kind: "float" }], outputs: [{ name: "output", kind: "float" }] },
  headline: (c) => `[${c.target_shape.join(", ")}]`,
  outputShapes: ({ config, inputs }) => [resolve(config.target_shape, inputs[0] ?? [])],
  build: ({ builder, config, inputs }) =>
    inputs.slice(0, 1).map((x) => builder.reshape(x, [x.shape[0] ?? 1, ...resolve(config.target_shape, x.shape.slice(1))])),
  pytorch: ({ config, inputs }) => ({
    module: null,
    call: (_, [x]) => `${x ?? ""}.reshape(-1, ${resolve(config.target_shape, inputs[0] ?? []).join(", ")})`,
    weights: {},
  }),
  keras: ({ config }) => ({ className: "Reshape", config: { target_shape: config.target_shape } }),
  examples: [
    { name: "a vector into a picture", config: { target_shape: [2, 3, 1] }, inputs: [[6]] },
    { name: "what is left", config: { target_shape: [3, -1] }, inputs: [[2, 6]] },
  ],
});
