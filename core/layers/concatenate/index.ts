/** Concatenate: joins inputs along one axis; the others must agree (Keras's Concatenate). */
import { AppError } from "../../errors.ts";
import type { Builder } from "../../ir/builder.ts";
import { type Shape, showShape, type Tensor } from "../../ir/tensor.ts";
import { int } from "../../schema/fields.ts";
import { defineLayer } from "../define-layer.ts";
import { anyMask, anyMaskInPyTorch } from "../merged-masks.ts";
import { sampleAxis } from "../shapes.ts";
import { texts } from "./texts.ts";

/**
 * As Keras has it: steps one behind the other keep their own masks; side by side, a step counts where it counts in any input, and an
 * input without a mask counts everywhere. Undefined where none is masked.
 */
function joinedMask(
  builder: Builder,
  inputs: readonly Tensor[],
  masks: readonly (Tensor | undefined)[],
  alongSteps: boolean,
): Tensor | undefined {
  const given = masks.filter((mask) => mask !== undefined);
  if (given.length === 0) return undefined;
  const each = inputs.map((x, i) => masks[i] ?? builder.one("fill", [], { shape: x.shape.slice(0, 2), value: 1 }));
  return alongSteps ? builder.one("concatenate", each, { axis: 1 }) : anyMask(builder, each);
}

export default defineLayer({
  type: "concatenate",
  group: "merging",
  icon: "⧺",
  schema: { axis: int({ default: -1, min: -6, max: 6 }) },
  texts,
  traits: { merges: true, axisField: "axis", mask: "uses" },
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
  pytorch: ({ config, inputs: shapes }) => ({
    module: null,
    call: (_, inputs) => `torch.cat([${inputs.join(", ")}], ${config.axis})`,
    mask: (inputs, masks) => {
      if (masks.every((mask) => mask === undefined)) return undefined;
      const each = inputs.map((x, i) => masks[i] ?? `${x}.new_ones(${x}.shape[:2])`);
      const alongSteps = sampleAxis(config.axis, shapes[0]?.length ?? 1) === 0;
      return alongSteps ? `torch.cat([${each.join(", ")}], 1)` : anyMaskInPyTorch(each);
    },
    weights: {},
  }),
  keras: ({ config }) => ({ className: "Concatenate", config: { axis: config.axis } }),
  fromKeras: { operation: true },
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
