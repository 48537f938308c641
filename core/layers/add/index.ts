/** Add: the sum of two or more inputs of one shape (skip connections). */
import { AppError } from "../../errors.ts";
import { sameShape, showShape } from "../../ir/tensor.ts";
import { defineLayer } from "../define-layer.ts";
import { texts } from "./texts.ts";

export default defineLayer({
  type: "add",
  group: "merging",
  icon: "+",
  schema: {},
  texts,
  traits: { merges: true, mask: "merges" },
  ports: { inputs: [{ name: "inputs", kind: "float", multiple: true }], outputs: [{ name: "output", kind: "float" }] },
  outputShapes: ({ inputs }) => {
    const [first, ...others] = inputs;
    if (first === undefined || others.length === 0) throw new AppError("design.too_few_inputs", { expected: 2, received: inputs.length });
    const odd = others.find((shape) => !sameShape(shape, first));
    if (odd !== undefined) throw new AppError("design.shapes_differ", { expected: showShape(first), received: showShape(odd) });
    return [first];
  },
  build: ({ builder, inputs }) => [builder.one("add", inputs)],
  pytorch: () => ({ module: null, call: (_, inputs) => `(${inputs.join(" + ")})`, weights: {} }),
  keras: () => ({ className: "Add", config: {} }),
  examples: [
    { name: "two", config: {}, inputs: [[3], [3]] },
    {
      name: "three with two axes",
      config: {},
      inputs: [
        [2, 3],
        [2, 3],
        [2, 3],
      ],
    },
  ],
});
