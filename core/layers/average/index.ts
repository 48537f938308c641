/** Average: the mean of two or more inputs of one shape, number by number. */
import { defineLayer } from "../define-layer.ts";
import { requireOneShape } from "../shapes.ts";
import { texts } from "./texts.ts";

export default defineLayer({
  type: "average",
  group: "merging",
  icon: "x̄",
  schema: {},
  texts,
  traits: { merges: true, mask: "merges" },
  ports: { inputs: [{ name: "inputs", kind: "float", multiple: true }], outputs: [{ name: "output", kind: "float" }] },
  outputShapes: ({ inputs }) => [requireOneShape(inputs, 2)],
  build: ({ builder, inputs }) => [builder.one("scale", [builder.one("add", inputs)], { factor: 1 / inputs.length })],
  pytorch: () => ({ module: null, call: (_, inputs) => `torch.stack([${inputs.join(", ")}]).mean(0)`, weights: {} }),
  keras: () => ({ className: "Average", config: {} }),
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
