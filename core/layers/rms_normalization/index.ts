/** RMS normalization over the last axis (Zhang & Sennrich 2019): x / √(mean of x² + epsilon) times a learned scale; epsilon 1e-6 as in Keras. */
import { AppError } from "../../errors.ts";
import { float } from "../../schema/fields.ts";
import { defineLayer } from "../define-layer.ts";
import { normalizesLast } from "../keras-options.ts";
import { texts } from "./texts.ts";

const last = (shape: readonly number[]): number => shape[shape.length - 1] ?? 0;

export default defineLayer({
  type: "rms_normalization",
  group: "normalization",
  icon: "RN",
  schema: { epsilon: float({ default: 1e-6, min: 0, max: 1, exclusiveMin: true, advanced: true }) },
  texts,
  traits: { normalizes: "layer", mask: "passes" },
  ports: { inputs: [{ name: "input", kind: "float" }], outputs: [{ name: "output", kind: "float" }] },
  outputShapes: ({ inputs }) => {
    const [x] = inputs;
    if (x === undefined || x.length < 1) throw new AppError("design.rank_too_low", { expected: 1, received: x?.length ?? 0 });
    return [x];
  },
  parameters: ({ inputs }) => [{ name: "scale", shape: [last(inputs[0] ?? [])], initializer: "ones" }],
  build: ({ builder, config, inputs, parameters }) => {
    const { scale } = parameters;
    if (scale === undefined) throw new Error("rms_normalization: the scale is missing");
    return [builder.one("multiply_channels", [builder.one("rms_normalization", inputs.slice(0, 1), { epsilon: config.epsilon }), scale])];
  },
  pytorch: ({ config, inputs }) => ({
    module: `nn.RMSNorm(${last(inputs[0] ?? [])}, eps=${config.epsilon})`,
    call: (module, [x = ""]) => `${module}(${x})`,
    weights: { scale: { name: "weight" } },
  }),
  keras: ({ config }) => ({ className: "RMSNormalization", config: { axis: -1, epsilon: config.epsilon } }),
  fromKeras: normalizesLast,
  examples: [
    { name: "a vector", config: {}, inputs: [[5]] },
    { name: "over the last of two axes", config: { epsilon: 1e-3 }, inputs: [[3, 4]] },
  ],
});
