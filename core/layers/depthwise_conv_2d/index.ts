/**
 * DepthwiseConv2D: every channel of a picture is convolved on its own, into `depth_multiplier` channels (Keras's DepthwiseConv2D). The
 * kernel is kept as [height, width, 1, channels · multiplier]: the numbers of Keras's [height, width, channels, multiplier] as they lie.
 */
import { int } from "../../schema/fields.ts";
import { kerasKernel, kernelFields, kernelParameters, pythonBool } from "../convolution.ts";
import { defineLayer } from "../define-layer.ts";
import { callConv2d, kerasWindows, pictureWindows, windowFields, windowsOfConv2d, windowTrait } from "../picture-windows.ts";
import { texts } from "./texts.ts";

export default defineLayer({
  type: "depthwise_conv_2d",
  group: "convolutional",
  icon: "DC2",
  schema: {
    ...windowFields(),
    depth_multiplier: int({ default: 1, min: 1, max: 1024, advanced: true }),
    ...kernelFields(),
  },
  texts,
  traits: {
    reads: "picture",
    activationField: "activation",
    biasField: "use_bias",
    window: windowTrait,
  },
  ports: { inputs: [{ name: "input", kind: "float" }], outputs: [{ name: "output", kind: "float" }] },
  headline: (c) => c.kernel_size.join("×"),
  outputShapes: ({ config, inputs }) => {
    const { down, across, channels } = pictureWindows(config, inputs);
    return [[down.output, across.output, channels * config.depth_multiplier]];
  },
  parameters: ({ config, inputs }) => {
    const { size, channels } = pictureWindows(config, inputs);
    const outputs = channels * config.depth_multiplier;
    // Keras's fans are those of its own shape.
    const [kernel, ...bias] = kernelParameters(config, [...size, channels, config.depth_multiplier], outputs);
    return kernel === undefined ? [] : [{ ...kernel, shape: [...size, 1, outputs] }, ...bias];
  },
  build: ({ builder, config, inputs, parameters }) => {
    const [x] = inputs;
    const { kernel, bias } = parameters;
    if (x === undefined || kernel === undefined) throw new Error("depthwise_conv_2d: no input or kernel");
    const { strides, dilation, padding, channels } = pictureWindows(config, [x.shape.slice(1)]);
    const attributes = { strides, dilation, padding, groups: channels };
    return [builder.activation(builder.one("conv2d", bias === undefined ? [x, kernel] : [x, kernel, bias], attributes), config.activation)];
  },
  pytorch: ({ config, inputs }) => {
    const windows = pictureWindows(config, inputs);
    const { channels } = windows;
    const outputs = channels * config.depth_multiplier;
    return {
      module: `nn.Conv2d(${channels}, ${outputs}, ${windowsOfConv2d(windows)}, groups=${channels}, bias=${pythonBool(config.use_bias)})`,
      call: callConv2d(windows, config.activation),
      weights: { kernel: { name: "weight", transpose: [3, 2, 0, 1] }, ...(config.use_bias ? { bias: { name: "bias" } } : {}) },
    };
  },
  keras: ({ config }) => ({
    className: "DepthwiseConv2D",
    config: {
      ...kerasWindows(config),
      depth_multiplier: config.depth_multiplier,
      ...kerasKernel(config, 4, ["depthwise"]),
    },
  }),
  examples: [
    { name: "plain", config: {}, inputs: [[4, 5, 3]] },
    {
      name: "two a channel, same, relu",
      config: { depth_multiplier: 2, padding: "same", kernel_size: [2, 3], activation: "relu" },
      inputs: [[3, 4, 2]],
    },
    { name: "strides without bias", config: { strides: [2], kernel_size: [2], use_bias: false }, inputs: [[5, 4, 3]] },
    { name: "dilation, same", config: { dilation_rate: [2, 2], padding: "same" }, inputs: [[4, 4, 2]] },
  ],
});
