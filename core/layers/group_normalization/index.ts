/**
 * Group normalization (Wu & He 2018): channels, the last axis, in groups; every group of every sample gets mean 0 and deviation 1
 * over its channels and all positions. Defaults are Keras's: 32 groups, epsilon 1e-3 inside the root.
 */
import { AppError } from "../../errors.ts";
import { type Shape, sizeOf } from "../../ir/tensor.ts";
import { bool, float, int } from "../../schema/fields.ts";
import { affineInPyTorch } from "../affine.ts";
import { defineLayer } from "../define-layer.ts";
import { normalizesLast } from "../keras-options.ts";
import { texts } from "./texts.ts";

const last = (shape: Shape): number => shape[shape.length - 1] ?? 0;

export default defineLayer({
  type: "group_normalization",
  group: "normalization",
  icon: "GN",
  schema: {
    groups: int({ default: 32, min: 1, max: 65_536 }),
    epsilon: float({ default: 1e-3, min: 0, max: 1, exclusiveMin: true, advanced: true }),
    center: bool({ default: true, advanced: true }),
    scale: bool({ default: true, advanced: true }),
  },
  texts,
  traits: { normalizes: "layer", mask: "passes" },
  ports: { inputs: [{ name: "input", kind: "float" }], outputs: [{ name: "output", kind: "float" }] },
  headline: (c) => `${c.groups}`,
  outputShapes: ({ config, inputs }) => {
    const [x = []] = inputs;
    if (x.length < 1) throw new AppError("design.rank_too_low", { expected: 1, received: 0 });
    if (last(x) % config.groups !== 0)
      throw new AppError("design.groups_do_not_divide", { option: "groups", groups: config.groups, count: last(x), what: "channels" });
    return [x];
  },
  parameters: ({ config, inputs }) => {
    const shape = [last(inputs[0] ?? [])];
    return [
      ...(config.scale ? [{ name: "gamma", shape, initializer: "ones" }] : []),
      ...(config.center ? [{ name: "beta", shape, initializer: "zeros" }] : []),
    ];
  },
  build: ({ builder, config, inputs, parameters }) =>
    inputs.slice(0, 1).map((x) => {
      const { gamma, beta } = parameters;
      const [N = 1, C] = [x.shape[0], last(x.shape)];
      const [positions, inGroup] = [sizeOf(x.shape.slice(1, -1)), C / config.groups];
      const apart = builder.reshape(x, [N, positions, config.groups, inGroup]);
      const together = positions === 1 || config.groups === 1;
      const byGroup = together ? apart : builder.one("permute", [apart], { axes: [0, 2, 1, 3] });
      const length = positions * inGroup;
      const constant = (value: number) => builder.one("fill", [], { shape: [length], value });
      const rows = builder.reshape(byGroup, [N * config.groups, length]);
      const [normalized = rows] = builder.emit("layer_normalization", [rows, constant(1), constant(0)], { epsilon: config.epsilon });
      const back = together
        ? normalized
        : builder.one("permute", [builder.reshape(normalized, [N, config.groups, positions, inGroup])], { axes: [0, 2, 1, 3] });
      const scaled = gamma === undefined ? back : builder.one("multiply_channels", [builder.reshape(back, x.shape), gamma]);
      return builder.reshape(beta === undefined ? scaled : builder.one("add_bias", [builder.reshape(scaled, x.shape), beta]), x.shape);
    }),
  pytorch: ({ config, inputs }) => ({
    module: `nn.GroupNorm(${config.groups}, ${last(inputs[0] ?? [])}, eps=${config.epsilon}, ${affineInPyTorch(config).argument})`,
    // Contiguous: PyTorch 2.13 crashes in the backward pass of one group a channel when the channels lie last.
    call: (module, [x = ""]) => `${module}(${x}.movedim(-1, 1).contiguous()).movedim(1, -1)`,
    weights: affineInPyTorch(config).weights,
    constants: affineInPyTorch(config).constants,
  }),
  keras: ({ config }) => ({
    className: "GroupNormalization",
    config: { groups: config.groups, axis: -1, epsilon: config.epsilon, center: config.center, scale: config.scale },
  }),
  fromKeras: { ...normalizesLast, mixesSteps: true },
  examples: [
    { name: "a picture, two groups", config: { groups: 2 }, inputs: [[3, 2, 4]] },
    { name: "a vector", config: { groups: 3 }, inputs: [[6]] },
    { name: "one group (a layer)", config: { groups: 1, epsilon: 1e-5 }, inputs: [[4, 3]] },
    { name: "a group a channel, neither scale nor offset", config: { groups: 3, center: false, scale: false }, inputs: [[5, 3]] },
    { name: "offset without scale", config: { groups: 2, scale: false }, inputs: [[4]] },
  ],
});
