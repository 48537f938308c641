/** Minimum: the smallest of two or more inputs of one shape, number by number; where two are equal each gets half of the gradient. */
import { defineLayer } from "../define-layer.ts";
import { requireOneShape } from "../shapes.ts";
import { texts } from "./texts.ts";

export default defineLayer({
  type: "minimum",
  group: "merging",
  icon: "min",
  schema: {},
  texts,
  traits: { merges: true, mask: "merges" },
  ports: { inputs: [{ name: "inputs", kind: "float", multiple: true }], outputs: [{ name: "output", kind: "float" }] },
  outputShapes: ({ inputs }) => [requireOneShape(inputs, 2)],
  build: ({ builder, inputs }) =>
    inputs
      .slice(0, 1)
      .map((first) => inputs.slice(1).reduce((chosen, x) => builder.one("extremum", [chosen, x], { function: "minimum" }), first)),
  pytorch: () => ({ module: null, call: (_, inputs) => inputs.reduce((chosen, x) => `torch.minimum(${chosen}, ${x})`), weights: {} }),
  keras: () => ({ className: "Minimum", config: {} }),
  examples: [
    { name: "two", config: {}, inputs: [[4], [4]] },
    {
      name: "two with two axes",
      config: {},
      inputs: [
        [2, 3],
        [2, 3],
      ],
    },
    { name: "three", config: {}, inputs: [[5], [5], [5]] },
  ],
});
