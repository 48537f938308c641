/** Dense: y = f(xW + b) over the last axis (Keras's Dense; PyTorch's Linear with the kernel transposed). */
import { AppError } from "../../errors.ts";
import { bool, int } from "../../schema/fields.ts";
import { defineLayer } from "../define-layer.ts";
import { activationField } from "../fields.ts";
import { biasProperties, kerasWeights, kernelProperties, weightOptions } from "../weight-options.ts";
import { texts } from "./texts.ts";

const last = (shape: readonly number[]): number => shape[shape.length - 1] ?? 0;

export default defineLayer({
  type: "dense",
  group: "core",
  icon: "D",
  schema: {
    units: int({ default: 64, min: 1, max: 65_536 }),
    activation: activationField(),
    use_bias: bool({ default: true, advanced: true }),
    ...weightOptions(),
  },
  texts,
  traits: { activationField: "activation", unitsField: "units", biasField: "use_bias", linear: true, mask: "passes" },
  ports: { inputs: [{ name: "input", kind: "float" }], outputs: [{ name: "output", kind: "float" }] },
  headline: (c) => `${c.units}`,
  outputShapes: ({ config, inputs }) => {
    const [x] = inputs;
    if (x === undefined || x.length < 1) throw new AppError("design.rank_too_low", { expected: 1, received: x?.length ?? 0 });
    return [[...x.slice(0, -1), config.units]];
  },
  parameters: ({ config, inputs }) => {
    const fanIn = last(inputs[0] ?? []);
    const kernel = {
      name: "kernel",
      shape: [fanIn, config.units],
      fanIn,
      fanOut: config.units,
      ...kernelProperties(config),
    };
    // Keras takes the fans of a vector to be its length.
    const bias = { name: "bias", shape: [config.units], fanIn: config.units, fanOut: config.units, ...biasProperties(config) };
    return config.use_bias ? [kernel, bias] : [kernel];
  },
  build: ({ builder, config, inputs, parameters }) => {
    const { kernel, bias } = parameters;
    const [x] = inputs;
    if (x === undefined || kernel === undefined) throw new Error("dense: no input or kernel");
    return [builder.activation(builder.one("linear", bias === undefined ? [x, kernel] : [x, kernel, bias]), config.activation)];
  },
  pytorch: ({ config, inputs }) => ({
    module: `nn.Linear(${last(inputs[0] ?? [])}, ${config.units}, bias=${config.use_bias ? "True" : "False"})`,
    call: (module, [x]) => `ACTIVATION:${config.activation}(${module}(${x ?? ""}))`,
    weights: { kernel: { name: "weight", transpose: [1, 0] }, ...(config.use_bias ? { bias: { name: "bias" } } : {}) },
  }),
  keras: ({ config }) => ({
    className: "Dense",
    config: {
      units: config.units,
      activation: config.activation,
      use_bias: config.use_bias,
      ...kerasWeights(config, ["kernel"], 2),
    },
  }),
  examples: [
    { name: "plain", config: { units: 3 }, inputs: [[4]] },
    { name: "relu without bias", config: { units: 5, activation: "relu", use_bias: false }, inputs: [[7]] },
    { name: "tanh over the last of three axes", config: { units: 2, activation: "tanh" }, inputs: [[3, 5]] },
    { name: "one input, one unit", config: { units: 1, activation: "sigmoid" }, inputs: [[1]] },
    { name: "softmax", config: { units: 4, activation: "softmax" }, inputs: [[6]] },
    { name: "penalties", config: { units: 3, l1: 0.01, l2: 0.02 }, inputs: [[4]] },
    {
      name: "penalties of bias and output",
      config: { units: 3, activation: "tanh", bias_l1: 0.03, bias_l2: 0.2, activity_l1: 0.05, activity_l2: 0.3 },
      inputs: [[2, 4]],
    },
    { name: "prelu", config: { units: 3, activation: "prelu" }, inputs: [[5, 4]] },
    {
      name: "prelu, a number for every value",
      config: { units: 3, activation: "prelu", activation_weights: "per_value" },
      inputs: [[2, 4]],
    },
    { name: "relu_sum", config: { units: 3, activation: "relu_sum", activation_pieces: 3 }, inputs: [[2, 4]] },
  ],
});
