/** Dropout: while training, each number is zero with probability `rate`, the others are divided by 1 − rate. */
import { float } from "../../schema/fields.ts";
import { defineLayer } from "../define-layer.ts";
import { texts } from "./texts.ts";

export default defineLayer({
  type: "dropout",
  group: "regularization",
  icon: "⁙",
  schema: { rate: float({ default: 0.5, min: 0, max: 1, exclusiveMax: true }) },
  texts,
  traits: { trainingOnly: true, rateField: "rate", drops: "values", mask: "passes" },
  ports: { inputs: [{ name: "input", kind: "float" }], outputs: [{ name: "output", kind: "float" }] },
  headline: (c) => `${c.rate}`,
  outputShapes: ({ inputs }) => [inputs[0] ?? []],
  build: ({ builder, config, inputs, training, stream, seed }) =>
    training && config.rate > 0 ? [builder.one("dropout", inputs.slice(0, 1), { rate: config.rate, stream, seed })] : inputs.slice(0, 1),
  pytorch: ({ config }) => ({ module: `nn.Dropout(${config.rate})`, call: (module, [x]) => `${module}(${x ?? ""})`, weights: {} }),
  keras: ({ config }) => ({ className: "Dropout", config: { rate: config.rate } }),
  // Which numbers are dropped differs from PyTorch; at rate 0, and when predicting, nothing may.
  examples: [{ name: "rate 0", config: { rate: 0 }, inputs: [[4]] }],
});
