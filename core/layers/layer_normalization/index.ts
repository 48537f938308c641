/** Layer normalization over the last axis of every sample (Ba et al. 2016); epsilon inside the root, 1e-3 as in Keras. */
import { AppError } from "../../errors.ts";
import { float } from "../../schema/fields.ts";
import { defineLayer } from "../define-layer.ts";
import { normalizesLast } from "../keras-options.ts";
import { texts } from "./texts.ts";

const last = (shape: readonly number[]): number => shape[shape.length - 1] ?? 0;

export default defineLayer({
  type: "layer_normalization",
  group: "normalization",
  icon: "LN",
  schema: { epsilon: float({ default: 1e-3, min: 0, max: 1, exclusiveMin: true, advanced: true }) },
  texts,
  traits: { normalizes: "layer", mask: "passes" },
  ports: { inputs: [{ name: "input", kind: "float" }], outputs: [{ name: "output", kind: "float" }] },
  outputShapes: ({ inputs }) => {
    const [x] = inputs;
    if (x === undefined || x.length < 1) throw new AppError("design.rank_too_low", { expected: 1, received: x?.length ?? 0 });
    return [x];
  },
  parameters: ({ inputs }) => {
    const shape = [last(inputs[0] ?? [])];
    return [
      { name: "gamma", shape, initializer: "ones" },
      { name: "beta", shape, initializer: "zeros" },
    ];
  },
  build: ({ builder, config, inputs, parameters }) => {
    const [x] = inputs;
    const { gamma, beta } = parameters;
    if (x === undefined || gamma === undefined || beta === undefined) throw new Error("layer_normalization: a tensor is missing");
    return builder.emit("layer_normalization", [x, gamma, beta], { epsilon: config.epsilon }).slice(0, 1);
  },
  pytorch: ({ config, inputs }) => ({
    module: `nn.LayerNorm(${last(inputs[0] ?? [])}, eps=${config.epsilon})`,
    call: (module, [x]) => `${module}(${x ?? ""})`,
    weights: { gamma: { name: "weight" }, beta: { name: "bias" } },
  }),
  keras: ({ config }) => ({ className: "LayerNormalization", config: { axis: -1, epsilon: config.epsilon } }),
  fromKeras: normalizesLast,
  examples: [
    { name: "a vector", config: {}, inputs: [[5]] },
    { name: "over the last of two axes", config: { epsilon: 1e-5 }, inputs: [[3, 4]] },
  ],
});
