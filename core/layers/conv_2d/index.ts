/**
 * Conv2D: a window with learned weights over every position of a picture [height, width, channels] (Keras's Conv2D; the kernel
 * is not turned over). Channels last here and in Keras, second in PyTorch: the mapping moves them there and back.
 */
import type { Shape } from "../../ir/tensor.ts";
import { choice, shape } from "../../schema/fields.ts";
import { filtersField, groupsField, kerasKernel, kernelFields, kernelParameters, pythonBool, pythonTuple } from "../convolution.ts";
import { defineLayer } from "../define-layer.ts";
import { requireRank } from "../shapes.ts";
import { type Padding, pairOf, requireGroups, requireStrideOrDilation, windowAxis } from "../windows.ts";
import { texts } from "./texts.ts";

interface Config {
  readonly filters: number;
  readonly kernel_size: Shape;
  readonly strides: Shape;
  readonly padding: Padding;
  readonly dilation_rate: Shape;
  readonly groups: number;
}

function geometryOf(config: Config, inputs: readonly Shape[]) {
  const [height = 0, width = 0, channels = 0] = requireRank(inputs, 3, "[height, width, channels]");
  const size = pairOf(config.kernel_size, "kernel_size");
  const strides = pairOf(config.strides, "strides");
  const dilation = pairOf(config.dilation_rate, "dilation_rate");
  requireStrideOrDilation(strides, dilation);
  requireGroups(config.groups, channels, config.filters);
  const { padding } = config;
  const down = windowAxis("height", { length: height, size: size[0], stride: strides[0], dilation: dilation[0], padding });
  const across = windowAxis("width", { length: width, size: size[1], stride: strides[1], dilation: dilation[1], padding });
  return { size, strides, dilation, channels, down, across, padding: [down.before, down.after, across.before, across.after] as const };
}

export default defineLayer({
  type: "conv_2d",
  group: "convolutional",
  icon: "C2",
  schema: {
    filters: filtersField(),
    kernel_size: shape({ default: [3, 3], maxRank: 2 }),
    strides: shape({ default: [1, 1], maxRank: 2 }),
    padding: choice({ values: ["valid", "same"], default: "valid" }),
    dilation_rate: shape({ default: [1, 1], maxRank: 2, advanced: true }),
    groups: groupsField(),
    ...kernelFields(),
  },
  texts,
  traits: {
    activationField: "activation",
    unitsField: "filters",
    biasField: "use_bias",
    window: { kind: "convolution", size: "kernel_size", strides: "strides", dilation: "dilation_rate" },
  },
  ports: { inputs: [{ name: "input", kind: "float" }], outputs: [{ name: "output", kind: "float" }] },
  headline: (c) => `${c.filters} · ${c.kernel_size.join("×")}`,
  outputShapes: ({ config, inputs }) => {
    const { down, across } = geometryOf(config, inputs);
    return [[down.output, across.output, config.filters]];
  },
  parameters: ({ config, inputs }) => {
    const { size, channels } = geometryOf(config, inputs);
    return kernelParameters(config, [...size, channels / config.groups, config.filters], config.filters);
  },
  build: ({ builder, config, inputs, parameters }) => {
    const [x] = inputs;
    const { kernel, bias } = parameters;
    if (x === undefined || kernel === undefined) throw new Error("conv_2d: no input or kernel");
    const { strides, dilation, padding } = geometryOf(config, [x.shape.slice(1)]);
    const y = builder.one("conv2d", bias === undefined ? [x, kernel] : [x, kernel, bias], {
      strides,
      dilation,
      padding,
      groups: config.groups,
    });
    return [builder.activation(y, config.activation)];
  },
  pytorch: ({ config, inputs }) => {
    const { size, strides, dilation, channels, padding } = geometryOf(config, inputs);
    const [top, bottom, left, right] = padding;
    return {
      module: `nn.Conv2d(${channels}, ${config.filters}, ${pythonTuple(size)}, stride=${pythonTuple(strides)}, dilation=${pythonTuple(dilation)}, groups=${config.groups}, bias=${pythonBool(config.use_bias)})`,
      call: (module, [x = ""]) => {
        const first = `${x}.permute(0, 3, 1, 2)`;
        const padded = padding.some((zeros) => zeros > 0)
          ? `nn.functional.pad(${first}, ${pythonTuple([left, right, top, bottom])})`
          : first;
        return `ACTIVATION:${config.activation}(${module}(${padded}).permute(0, 2, 3, 1))`;
      },
      weights: { kernel: { name: "weight", transpose: [3, 2, 0, 1] }, ...(config.use_bias ? { bias: { name: "bias" } } : {}) },
    };
  },
  keras: ({ config }) => ({
    className: "Conv2D",
    config: {
      filters: config.filters,
      kernel_size: pairOf(config.kernel_size, "kernel_size"),
      strides: pairOf(config.strides, "strides"),
      padding: config.padding,
      dilation_rate: pairOf(config.dilation_rate, "dilation_rate"),
      groups: config.groups,
      ...kerasKernel(config, 4),
    },
  }),
  examples: [
    { name: "plain", config: { filters: 3 }, inputs: [[5, 4, 2]] },
    {
      name: "relu, same, an even window",
      config: { filters: 4, kernel_size: [2, 4], padding: "same", activation: "relu" },
      inputs: [[4, 5, 2]],
    },
    { name: "strides, same", config: { filters: 2, padding: "same", strides: [2, 3] }, inputs: [[6, 7, 3]] },
    { name: "strides, valid, one number for both", config: { filters: 3, kernel_size: [3], strides: [2] }, inputs: [[8, 6, 1]] },
    { name: "prelu, a slope for every filter", config: { filters: 3, kernel_size: [2, 2], activation: "prelu" }, inputs: [[3, 4, 2]] },
    { name: "dilation", config: { filters: 2, dilation_rate: [2, 1], activation: "tanh" }, inputs: [[6, 4, 2]] },
    { name: "groups without bias", config: { filters: 4, groups: 2, use_bias: false, kernel_size: [2, 2] }, inputs: [[3, 4, 6]] },
    { name: "a window of one pixel", config: { filters: 5, kernel_size: [1, 1], activation: "sigmoid" }, inputs: [[2, 3, 4]] },
    {
      name: "softmax over the channels, penalties",
      config: { filters: 3, kernel_size: [2, 2], activation: "softmax", l1: 0.01, l2: 0.02 },
      inputs: [[3, 3, 1]],
    },
  ],
});
