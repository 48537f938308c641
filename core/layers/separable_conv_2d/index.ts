/**
 * SeparableConv2D: every channel convolved on its own, then the channels mixed pixel by pixel (Keras's SeparableConv2D; Chollet 2017).
 * The first kernel is kept as [height, width, 1, channels · multiplier], the numbers of Keras's as they lie.
 */
import type { Shape } from "../../ir/tensor.ts";
import { choice, int, shape } from "../../schema/fields.ts";
import { filtersField, kerasKernel, kernelFields, kernelParameters, pythonBool, pythonTuple } from "../convolution.ts";
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
  type: "separable_conv_2d",
  group: "convolutional",
  icon: "SC2",
  schema: {
    filters: filtersField(),
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
    const { size, channels, outputs } = geometryOf(config, inputs);
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
    const { strides, dilation, padding, channels } = geometryOf(config, [x.shape.slice(1)]);
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
    const { size, strides, dilation, channels, outputs, padding } = geometryOf(config, inputs);
    const [top, bottom, left, right] = padding;
    const depthwise = `nn.Conv2d(${channels}, ${outputs}, ${pythonTuple(size)}, stride=${pythonTuple(strides)}, dilation=${pythonTuple(dilation)}, groups=${channels}, bias=False)`;
    return {
      module: `nn.Sequential(${depthwise}, nn.Conv2d(${outputs}, ${config.filters}, 1, bias=${pythonBool(config.use_bias)}))`,
      call: (module, [x = ""]) => {
        const first = `${x}.permute(0, 3, 1, 2)`;
        const padded = padding.some((zeros) => zeros > 0)
          ? `nn.functional.pad(${first}, ${pythonTuple([left, right, top, bottom])})`
          : first;
        return `ACTIVATION:${config.activation}(${module}(${padded}).permute(0, 2, 3, 1))`;
      },
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
      kernel_size: pairOf(config.kernel_size, "kernel_size"),
      strides: pairOf(config.strides, "strides"),
      padding: config.padding,
      dilation_rate: pairOf(config.dilation_rate, "dilation_rate"),
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
