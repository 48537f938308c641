/**
 * Conv2D: a window with learned weights over every position of a picture [height, width, channels] (Keras's Conv2D; the kernel
 * is not turned over). Channels last here and in Keras, second in PyTorch: the mapping moves them there and back.
 */
import type { Shape } from "../../ir/tensor.ts";
import { filtersField, groupsField, kerasKernel, kernelFields, kernelParameters, pythonBool } from "../convolution.ts";
import { defineLayer } from "../define-layer.ts";
import {
  callConv2d,
  kerasWindows,
  type PictureWindows,
  pictureWindows,
  type WindowConfig,
  windowFields,
  windowsOfConv2d,
  windowTrait,
} from "../picture-windows.ts";
import { requireGroups } from "../windows.ts";
import { texts } from "./texts.ts";

function windowsOf(config: WindowConfig & { readonly filters: number; readonly groups: number }, inputs: readonly Shape[]): PictureWindows {
  const windows = pictureWindows(config, inputs);
  requireGroups(config.groups, windows.channels, config.filters);
  return windows;
}

export default defineLayer({
  type: "conv_2d",
  group: "convolutional",
  icon: "C2",
  schema: {
    filters: filtersField(),
    ...windowFields(),
    groups: groupsField(),
    ...kernelFields(),
  },
  texts,
  traits: {
    reads: "picture",
    activationField: "activation",
    unitsField: "filters",
    biasField: "use_bias",
    window: windowTrait,
  },
  ports: { inputs: [{ name: "input", kind: "float" }], outputs: [{ name: "output", kind: "float" }] },
  headline: (c) => `${c.filters} · ${c.kernel_size.join("×")}`,
  outputShapes: ({ config, inputs }) => {
    const { down, across } = windowsOf(config, inputs);
    return [[down.output, across.output, config.filters]];
  },
  parameters: ({ config, inputs }) => {
    const { size, channels } = windowsOf(config, inputs);
    return kernelParameters(config, [...size, channels / config.groups, config.filters], config.filters);
  },
  build: ({ builder, config, inputs, parameters }) => {
    const [x] = inputs;
    const { kernel, bias } = parameters;
    if (x === undefined || kernel === undefined) throw new Error("conv_2d: no input or kernel");
    const { strides, dilation, padding } = windowsOf(config, [x.shape.slice(1)]);
    const y = builder.one("conv2d", bias === undefined ? [x, kernel] : [x, kernel, bias], {
      strides,
      dilation,
      padding,
      groups: config.groups,
    });
    return [builder.activation(y, config.activation)];
  },
  pytorch: ({ config, inputs }) => {
    const windows = windowsOf(config, inputs);
    const { channels } = windows;
    return {
      module: `nn.Conv2d(${channels}, ${config.filters}, ${windowsOfConv2d(windows)}, groups=${config.groups}, bias=${pythonBool(config.use_bias)})`,
      call: callConv2d(windows, config.activation),
      weights: { kernel: { name: "weight", transpose: [3, 2, 0, 1] }, ...(config.use_bias ? { bias: { name: "bias" } } : {}) },
    };
  },
  keras: ({ config }) => ({
    className: "Conv2D",
    config: {
      filters: config.filters,
      ...kerasWindows(config),
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
