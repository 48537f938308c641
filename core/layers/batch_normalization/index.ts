/**
 * Batch normalization over the last axis (Ioffe & Szegedy 2015). Momentum 0.99 and epsilon 1e-3 are Keras's; the moving
 * variance takes the unbiased variance of the batch, as PyTorch does. PyTorch's momentum is 1 − ours.
 */
import { AppError } from "../../errors.ts";
import { bool, float } from "../../schema/fields.ts";
import { affineInPyTorch } from "../affine.ts";
import { defineLayer } from "../define-layer.ts";
import { normalizesLast } from "../keras-options.ts";
import { texts } from "./texts.ts";

const last = (shape: readonly number[]): number => shape[shape.length - 1] ?? 0;

export default defineLayer({
  type: "batch_normalization",
  group: "normalization",
  icon: "N",
  schema: {
    momentum: float({ default: 0.99, min: 0, max: 1 }),
    epsilon: float({ default: 1e-3, min: 0, max: 1, exclusiveMin: true, advanced: true }),
    center: bool({ default: true, advanced: true }),
    scale: bool({ default: true, advanced: true }),
  },
  texts,
  traits: { normalizes: "batch", mask: "passes" },
  ports: { inputs: [{ name: "input", kind: "float" }], outputs: [{ name: "output", kind: "float" }] },
  headline: (c) => `${c.momentum}`,
  outputShapes: ({ inputs }) => {
    const [x] = inputs;
    if (x === undefined || x.length < 1) throw new AppError("design.rank_too_low", { expected: 1, received: x?.length ?? 0 });
    return [x];
  },
  parameters: ({ config, inputs }) => {
    const shape = [last(inputs[0] ?? [])];
    return [
      ...(config.scale ? [{ name: "gamma", shape, initializer: "ones" }] : []),
      ...(config.center ? [{ name: "beta", shape, initializer: "zeros" }] : []),
    ];
  },
  states: ({ config, inputs }) => {
    const shape = [last(inputs[0] ?? [])];
    return [
      { name: "moving_mean", shape, initializer: "zeros" },
      { name: "moving_variance", shape, initializer: "ones" },
      // Without a trained scale or offset the op still wants one: a constant kept with the states.
      ...(config.scale ? [] : [{ name: "gamma", shape, initializer: "ones" } as const]),
      ...(config.center ? [] : [{ name: "beta", shape, initializer: "zeros" } as const]),
    ];
  },
  build: ({ builder, config, inputs, parameters, states, training }) => {
    const [x] = inputs;
    const gamma = parameters["gamma"] ?? states["gamma"];
    const beta = parameters["beta"] ?? states["beta"];
    const { moving_mean, moving_variance } = states;
    if (x === undefined || gamma === undefined || beta === undefined || moving_mean === undefined || moving_variance === undefined)
      throw new Error("batch_normalization: a tensor is missing");
    const all = [x, gamma, beta, moving_mean, moving_variance];
    if (!training) return [builder.one("batch_normalization_inference", all, { epsilon: config.epsilon })];
    return builder.emit("batch_normalization", all, { epsilon: config.epsilon, momentum: config.momentum }).slice(0, 1);
  },
  pytorch: ({ config, inputs }) => {
    const shape = inputs[0] ?? [];
    // PyTorch's channels come second: for more than one axis they are moved there and back.
    const order = [0, shape.length, ...shape.slice(0, -1).map((_, i) => i + 1)];
    const back = [0, ...shape.slice(0, -1).map((_, i) => i + 2), 1];
    const affine = affineInPyTorch(config);
    const dimensions = Math.max(1, shape.length);
    return {
      module: `nn.BatchNorm${Math.min(3, dimensions === 1 ? 1 : dimensions - 1)}d(${last(shape)}, eps=${config.epsilon}, momentum=${Number((1 - config.momentum).toPrecision(12))}, ${affine.argument})`,
      call: (module, [x]) =>
        shape.length === 1 ? `${module}(${x ?? ""})` : `${module}(${x ?? ""}.permute(${order.join(", ")})).permute(${back.join(", ")})`,
      weights: {
        ...affine.weights,
        moving_mean: { name: "running_mean" },
        moving_variance: { name: "running_var" },
      },
      constants: affine.constants,
    };
  },
  keras: ({ config }) => ({
    className: "BatchNormalization",
    config: { axis: -1, momentum: config.momentum, epsilon: config.epsilon, center: config.center, scale: config.scale },
    lacks: [...(config.scale ? [] : ["gamma"]), ...(config.center ? [] : ["beta"])],
  }),
  fromKeras: normalizesLast,
  examples: [
    { name: "a vector", config: {}, inputs: [[5]] },
    { name: "PyTorch's momentum and epsilon", config: { momentum: 0.9, epsilon: 1e-5 }, inputs: [[4]] },
    { name: "over two axes", config: {}, inputs: [[6, 3]] },
    { name: "neither scale nor offset", config: { scale: false, center: false }, inputs: [[4]] },
    { name: "scale without offset", config: { center: false }, inputs: [[4]] },
  ],
});
