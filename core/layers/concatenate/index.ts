/** Concatenate: joins inputs along one axis; the others must agree (Keras's Concatenate). */
import { AppError } from "../../errors.ts";
import type { Builder } from "../../ir/builder.ts";
import { type Shape, showShape, type Tensor } from "../../ir/tensor.ts";
import { int } from "../../schema/fields.ts";
import { defineLayer } from "../layer.ts";
import { texts } from "./texts.ts";

/** Axis within a sample, from 0. @param axis −1 is the last; 1 the first after the batch, as in Keras. */
function sampleAxis(axis: number, rank: number): number {
  const index = axis < 0 ? rank + axis : axis - 1;
  if (axis === 0 || index < 0 || index >= rank) throw new AppError("design.axis_out_of_range", { axis, rank });
  return index;
}

/** Steps one behind the other keep their own masks; side by side, a step counts where it counts in all. Undefined where none is masked. */
function joinedMask(
  builder: Builder,
  inputs: readonly Tensor[],
  masks: readonly (Tensor | undefined)[],
  alongSteps: boolean,
): Tensor | undefined {
  const given = masks.filter((mask) => mask !== undefined);
  if (given.length === 0) return undefined;
  if (!alongSteps) return given.reduce((all, mask) => builder.one("multiply", [all, mask]));
  const each = inputs.map((x, i) => masks[i] ?? builder.one("fill", [], { shape: x.shape.slice(0, 2), value: 1 }));
  return builder.one("concatenate", each, { axis: 1 });
}

export default defineLayer({
  type: "concatenate",
  group: "merging",
  icon: "⧺",
  schema: { axis: int({ default: -1, min: -6, max: 6 }) },
  texts,
  traits: { merges: true, mask: "uses" },
  ports: { inputs: [{ name: "inputs", kind: "float", multiple: true }], outputs: [{ name: "output", kind: "float" }] },
  outputShapes: ({ config, inputs }): readonly Shape[] => {
    const [first, ...others] = inputs;
    if (first === undefined || others.length === 0) throw new AppError("design.too_few_inputs", { expected: 2, received: inputs.length });
    const axis = sampleAxis(config.axis, first.length);
    const odd = others.find((shape) => shape.length !== first.length || shape.some((size, i) => i !== axis && size !== first[i]));
    if (odd !== undefined)
      throw new AppError("design.shapes_differ", {
        expected: showShape(first.map((size, i) => (i === axis ? -1 : size))),
        received: showShape(odd),
      });
    return [first.map((size, i) => (i === axis ? inputs.reduce((sum, shape) => sum + (shape[axis] ?? 0), 0) : size))];
  },
  build: ({ builder, config, inputs, masks, maskOutput }) => {
    const axis = 1 + sampleAxis(config.axis, (inputs[0]?.shape.length ?? 1) - 1);
    const mask = joinedMask(builder, inputs, masks, axis === 1);
    if (mask !== undefined) maskOutput(mask);
    return [builder.one("concatenate", inputs, { axis })];
  },
  pytorch: ({ config }) => ({ module: null, call: (_, inputs) => `torch.cat([${inputs.join(", ")}], ${config.axis})`, weights: {} }),
  keras: ({ config }) => ({ className: "Concatenate", config: { axis: config.axis } }),
  examples: [
    { name: "vectors", config: {}, inputs: [[2], [3]] },
    {
      name: "along the first axis",
      config: { axis: 1 },
      inputs: [
        [2, 3],
        [4, 3],
        [1, 3],
      ],
    },
  ],
});
