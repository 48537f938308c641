/**
 * SeparableConv2D: every channel convolved on its own, then the channels mixed pixel by pixel (Keras's SeparableConv2D; Chollet 2017).
 * The first kernel is kept as [height, width, 1, channels · multiplier], the numbers of Keras's as they lie.
 */
import { int } from "../../schema/fields.ts";
import { filtersField, kerasKernel, kernelFields, kernelParameters, pythonBool } from "../convolution.ts";
import { defineLayer } from "../define-layer.ts";
import { callConv2d, kerasWindows, pictureWindows, windowFields, windowsOfConv2d, windowTrait } from "../picture-windows.ts";
import { texts } from "./texts.ts";

export default defineLayer({
  type: "separable_conv_2d",
  group: "convolutional",
  icon: "SC2",
  schema: {
    filters: filtersField(),
    ...windowFields(),
    depth_multiplier: int({ default: 1, min: 1, max: 1024, advanced: true }),
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
    const { down, across } = pictureWindows(config, inputs);
    return [[down.output, across.output, config.filters]];
  },
  parameters: ({ config, inputs }) => {
    const { size, channels } = pictureWindows(config, inputs);
    const outputs = channels * config.depth_multiplier;
    const [depthwise] = kernelParameters(config, [...size, channels, config.depth_multiplier], outputs);
    const [pointwise, ...bias] = kernelParameters(config, [1, 1, outputs, config.filters], config.filters);
    if (depthwise === undefined || pointwise === undefined) return [];
    return [{ ...depthwise, name: "depthwise_kernel", shape: [...size, 1, outputs] }, { ...pointwise, name: "pointwise_kernel" }, ...bias];
  },
  build: ({ builder, config, inputs, parameters }) => {
    const [x] = inputs;
    const { depthwise_kernel, pointwise_kernel, bias } = parameters;
    if (x === undefined || depthwise_kernel === undefined || pointwise_kernel === undefined)
      throw new Error("separable_conv_2d: no input or kernel");
    const { strides, dilation, padding, channels } = pictureWindows(config, [x.shape.slice(1)]);
    const between = builder.one("conv2d", [x, depthwise_kernel], { strides, dilation, padding, groups: channels });
    const mixed = builder.one("conv2d", bias === undefined ? [between, pointwise_kernel] : [between, pointwise_kernel, bias], {
      strides: [1, 1],
      dilation: [1, 1],
      padding: [0, 0, 0, 0],
      groups: 1,
    });
    return [builder.activation(mixed, config.activation)];
  },
  pytorch: ({ config, inputs }) => {
    const windows = pictureWindows(config, inputs);
    const { channels } = windows;
    const outputs = channels * config.depth_multiplier;
    const depthwise = `nn.Conv2d(${channels}, ${outputs}, ${windowsOfConv2d(windows)}, groups=${channels}, bias=False)`;
    return {
      module: `nn.Sequential(${depthwise}, nn.Conv2d(${outputs}, ${config.filters}, 1, bias=${pythonBool(config.use_bias)}))`,
      call: callConv2d(windows, config.activation),
      weights: {
        depthwise_kernel: { name: "0.weight", transpose: [3, 2, 0, 1] },
        pointwise_kernel: { name: "1.weight", transpose: [3, 2, 0, 1] },
        ...(config.use_bias ? { bias: { name: "1.bias" } } : {}),
      },
    };
  },
  keras: ({ config }) => ({
    className: "SeparableConv2D",
    config: {
      filters: config.filters,
      ...kerasWindows(config),
      depth_multiplier: config.depth_multiplier,
      ...kerasKernel(config, 4, ["depthwise", "pointwise"]),
    },
  }),
  examples: [
    { name: "plain", config: { filters: 4 }, inputs: [[4, 5, 3]] },
    {
      name: "two a channel, same, relu",
      config: { filters: 3, depth_multiplier: 2, padding: "same", activation: "relu" },
      inputs: [[3, 4, 2]],
    },
    { name: "strides without bias", config: { filters: 2, strides: [2], kernel_size: [2], use_bias: false }, inputs: [[5, 4, 3]] },
  ],
});
