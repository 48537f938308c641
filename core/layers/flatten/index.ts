/** Flatten: every axis of a sample in one, row-major. */
import { sizeOf } from "../../ir/tensor.ts";
import { defineLayer } from "../define-layer.ts";
import { texts } from "./texts.ts";

export default defineLayer({
  type: "flatten",
  group: "reshaping",
  icon: "▭",
  schema: {},
  texts,
  traits: { flattens: true },
  ports: { inputs: [{ name: "input", kind: "float" }], outputs: [{ name: "output", kind: "float" }] },
  outputShapes: ({ inputs }) => [[sizeOf(inputs[0] ?? [])]],
  build: ({ builder, inputs }) => inputs.slice(0, 1).map((x) => builder.reshape(x, [x.shape[0] ?? 1, sizeOf(x.shape.slice(1))])),
  pytorch: () => ({ module: "nn.Flatten()", call: (module, [x]) => `${module}(${x ?? ""})`, weights: {} }),
  keras: () => ({ className: "Flatten", config: {} }),
  examples: [{ name: "three axes", config: {}, inputs: [[2, 3, 4]] }],
});
