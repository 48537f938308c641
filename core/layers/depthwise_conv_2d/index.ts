/**
 * DepthwiseConv2D: every channel of a picture is convolved on its own, into `depth_multiplier` channels (Keras's DepthwiseConv2D). The
 * kernel is kept as [height, width, 1, channels · multiplier]: the numbers of Keras's [height, width, channels, multiplier] as they lie.
 */
import type { Shape } from "../../ir/tensor.ts";
import { choice, int, shape } from "../../schema/fields.ts";
import { kerasKernel, kernelFields, kernelParameters, pythonBool, pythonTuple } from "../convolution.ts";
import { defineLayer } from "../define-layer.ts";
import { requireRank } from "../shapes.ts";
import { type Padding, pairOf, requireStrideOrDilation, windowAxis } from "../windows.ts";
import { texts } from "./texts.ts";

interface Config {
  readonly kernel_size: Shape;
  readonly strides: Shape;
  readonly padding: Padding;
  readonly dilation_rate: Shape;
  readonly depth_multiplier: number;
}

function geometryOf(config: Config, inputs: readonly Shape[]) {
  const [height = 0, width = 0, channels = 0] = requireRank(inputs, 3, "[height, width, channels]");
  const size = pairOf(config.kernel_size, "kernel_size");
  const strides = pairOf(config.strides, "strides");
  const dilation = pairOf(config.dilation_rate, "dilation_rate");
  requireStrideOrDilation(strides, dilation);
  const { padding } = config;
  const down = windowAxis("height", { length: height, size: size[0], stride: strides[0], dilation: dilation[0], padding });
  const across = windowAxis("width", { length: width, size: size[1], stride: strides[1], dilation: dilation[1], padding });
  const outputs = channels * config.depth_multiplier;
  return {
    size,
    strides,
    dilation,
    channels,
    outputs,
    down,
    across,
    padding: [down.before, down.after, across.before, across.after] as const,
  };
}

export default defineLayer({
  type: "depthwise_conv_2d",
  group: "convolutional",
  icon: "DC2",
  schema: {
    kernel_size: shape({ default: [3, 3], maxRank: 2 }),
    strides: shape({ default: [1, 1], maxRank: 2 }),
    padding: choice({ values: ["valid", "same"], default: "valid" }),
    dilation_rate: shape({ default: [1, 1], maxRank: 2, advanced: true }),
    depth_multiplier: int({ default: 1, min: 1, max: 1024, advanced: true }),
    ...kernelFields(),
  },
  texts,
  traits: {
    activationField: "activation",
    biasField: "use_bias",
    window: { kind: "convolution", size: "kernel_size", strides: "strides", dilation: "dilation_rate" },
  },
  ports: { inputs: [{ name: "input", kind: "float" }], outputs: [{ name: "output", kind: "float" }] },
  headline: (c) => c.kernel_size.join("×"),
  outputShapes: ({ config, inputs }) => {
    const { down, across, outputs } = geometryOf(config, inputs);
    return [[down.output, across.output, outputs]];
  },
  parameters: ({ config, inputs }) => {
    const { size, channels, outputs } = geometryOf(config, inputs);
    // Keras's fans are those of its own shape.
    const [kernel, ...bias] = kernelParameters(config, [...size, channels, config.depth_multiplier], outputs);
    return kernel === undefined ? [] : [{ ...kernel, shape: [...size, 1, outputs] }, ...bias];
  },
  build: ({ builder, config, inputs, parameters }) => {
    const [x] = inputs;
    const { kernel, bias } = parameters;
    if (x === undefined || kernel === undefined) throw new Error("depthwise_conv_2d: no input or kernel");
    const { strides, dilation, padding, channels } = geometryOf(config, [x.shape.slice(1)]);
    const attributes = { strides, dilation, padding, groups: channels };
    return [builder.activation(builder.one("conv2d", bias === undefined ? [x, kernel] : [x, kernel, bias], attributes), config.activation)];
  },
  pytorch: ({ config, inputs }) => {
    const { size, strides, dilation, channels, outputs, padding } = geometryOf(config, inputs);
    const [top, bottom, left, right] = padding;
    return {
      module: `nn.Conv2d(${channels}, ${outputs}, ${pythonTuple(size)}, stride=${pythonTuple(strides)}, dilation=${pythonTuple(dilation)}, groups=${channels}, bias=${pythonBool(config.use_bias)})`,
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
    className: "DepthwiseConv2D",
    config: {
      kernel_size: pairOf(config.kernel_size, "kernel_size"),
      strides: pairOf(config.strides, "strides"),
      padding: config.padding,
      dilation_rate: pairOf(config.dilation_rate, "dilation_rate"),
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
