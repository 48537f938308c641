/** Subtract: the first of two inputs of one shape minus the second. */
import { defineLayer } from "../define-layer.ts";
import { requireOneShape } from "../shapes.ts";
import { texts } from "./texts.ts";

export default defineLayer({
  type: "subtract",
  group: "merging",
  icon: "−",
  schema: {},
  texts,
  traits: { merges: true, mask: "merges" },
  ports: { inputs: [{ name: "inputs", kind: "float", multiple: true }], outputs: [{ name: "output", kind: "float" }] },
  outputShapes: ({ inputs }) => [requireOneShape(inputs, 2, 2)],
  build: ({ builder, inputs }) => [builder.one("add", [...inputs.slice(0, 1), builder.one("scale", inputs.slice(1), { factor: -1 })])],
  pytorch: () => ({ module: null, call: (_, inputs) => `(${inputs.join(" - ")})`, weights: {} }),
  keras: () => ({ className: "Subtract", config: {} }),
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
  ],
});
