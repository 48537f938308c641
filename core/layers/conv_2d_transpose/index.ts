/**
 * Conv2DTranspose: the gradient of a convolution as a layer, which makes pictures larger (Keras's Conv2DTranspose; Dumoulin & Visin
 * 2016). The kernel is [height, width, filters, channels], as in Keras.
 */
import { AppError } from "../../errors.ts";
import type { Shape } from "../../ir/tensor.ts";
import { choice, optionalInt, shape } from "../../schema/fields.ts";
import { filtersField, kerasKernel, kernelFields, kernelParameters, pythonBool, pythonTuple } from "../convolution.ts";
import { defineLayer } from "../define-layer.ts";
import { requireRank } from "../shapes.ts";
import { type Padding, pairOf, requireStrideOrDilation } from "../windows.ts";
import { texts } from "./texts.ts";

interface Config {
  readonly kernel_size: Shape;
  readonly strides: Shape;
  readonly padding: Padding;
  readonly dilation_rate: Shape;
  readonly output_padding: number | null;
}

/** What lies along an axis: how long the output is, and what of the whole pattern is cut off before it. */
interface OutputAxis {
  readonly length: number;
  readonly before: number;
  /** Padding behind, of the convolution that this would be the gradient of. */
  readonly after: number;
  /** Entries that no window reaches. */
  readonly beyond: number;
}

/** Keras's lengths and places (keras.backend.common.backend_utils, conv-transpose padding from Keras to JAX). */
function axisOf(input: number, size: number, stride: number, dilation: number, { padding, output_padding: extra }: Config): OutputAxis {
  const span = (size - 1) * dilation + 1;
  const whole = (input - 1) * stride + span;
  let length = whole + (extra ?? Math.max(0, stride - span));
  let before = 0;
  if (padding === "same") {
    length = extra === null ? input * stride : (input - 1) * stride + (span % 2) + extra;
    const around = extra === null ? span + stride - 2 : span + (span % 2) - 2 + extra;
    before = span - 1 - Math.min(Math.ceil(around / 2), span - 1);
  }
  if (length < 1) throw new AppError("design.window_too_large", { axis: "output", span, length });
  return { length, before, after: Math.max(0, whole - before - length), beyond: Math.max(0, before + length - whole) };
}

function geometryOf(config: Config, inputs: readonly Shape[]) {
  const [height = 0, width = 0, channels = 0] = requireRank(inputs, 3, "[height, width, channels]");
  const size = pairOf(config.kernel_size, "kernel_size");
  const strides = pairOf(config.strides, "strides");
  const dilation = pairOf(config.dilation_rate, "dilation_rate");
  requireStrideOrDilation(strides, dilation);
  const { output_padding: extra } = config;
  if (extra !== null && extra >= Math.min(...strides))
    throw new AppError("design.output_padding_too_large", { option: "output_padding", received: extra, strides: strides.join(", ") });
  const down = axisOf(height, size[0], strides[0], dilation[0], config);
  const across = axisOf(width, size[1], strides[1], dilation[1], config);
  return { size, strides, dilation, channels, down, across };
}

export default defineLayer({
  type: "conv_2d_transpose",
  group: "convolutional",
  icon: "C2ᵀ",
  schema: {
    filters: filtersField(),
    kernel_size: shape({ default: [3, 3], maxRank: 2 }),
    strides: shape({ default: [1, 1], maxRank: 2 }),
    padding: choice({ values: ["valid", "same"], default: "valid" }),
    dilation_rate: shape({ default: [1, 1], maxRank: 2, advanced: true }),
    output_padding: optionalInt({ min: 0, max: 10_000, advanced: true }),
    ...kernelFields(),
  },
  texts,
  traits: {
    reads: "picture",
    activationField: "activation",
    unitsField: "filters",
    biasField: "use_bias",
    spreads: { size: "kernel_size", strides: "strides", dilation: "dilation_rate" },
  },
  ports: { inputs: [{ name: "input", kind: "float" }], outputs: [{ name: "output", kind: "float" }] },
  headline: (c) => `${c.filters} · ${c.kernel_size.join("×")}`,
  outputShapes: ({ config, inputs }) => {
    const { down, across } = geometryOf(config, inputs);
    return [[down.length, across.length, config.filters]];
  },
  parameters: ({ config, inputs }) => {
    const { size, channels } = geometryOf(config, inputs);
    return kernelParameters(config, [...size, config.filters, channels], config.filters);
  },
  build: ({ builder, config, inputs, parameters }) => {
    const [x] = inputs;
    const { kernel, bias } = parameters;
    if (x === undefined || kernel === undefined) throw new Error("conv_2d_transpose: no input or kernel");
    const { strides, dilation, down, across } = geometryOf(config, [x.shape.slice(1)]);
    const y = builder.one("conv2d_input_gradient", [x, kernel], {
      strides,
      dilation,
      padding: [down.before, down.after, across.before, across.after],
      groups: 1,
      input: [down.length, across.length],
    });
    return [builder.activation(bias === undefined ? y : builder.one("add_bias", [y, bias]), config.activation)];
  },
  pytorch: ({ config, inputs }) => {
    const { size, strides, dilation, channels, down, across } = geometryOf(config, inputs);
    // PyTorch gives the whole pattern; what lies beyond it has to be asked for.
    const behind = pythonTuple([down.beyond, across.beyond]);
    return {
      module: `nn.ConvTranspose2d(${channels}, ${config.filters}, ${pythonTuple(size)}, stride=${pythonTuple(strides)}, dilation=${pythonTuple(dilation)}, output_padding=${behind}, bias=${pythonBool(config.use_bias)})`,
      call: (module, [x = ""]) =>
        `ACTIVATION:${config.activation}(${module}(${x}.permute(0, 3, 1, 2)).narrow(2, ${down.before}, ${down.length}).narrow(3, ${across.before}, ${across.length}).permute(0, 2, 3, 1))`,
      weights: { kernel: { name: "weight", transpose: [3, 2, 0, 1] }, ...(config.use_bias ? { bias: { name: "bias" } } : {}) },
    };
  },
  keras: ({ config }) => ({
    className: "Conv2DTranspose",
    config: {
      filters: config.filters,
      kernel_size: pairOf(config.kernel_size, "kernel_size"),
      strides: pairOf(config.strides, "strides"),
      padding: config.padding,
      dilation_rate: pairOf(config.dilation_rate, "dilation_rate"),
      output_padding: config.output_padding,
      ...kerasKernel(config, 4),
    },
  }),
  examples: [
    { name: "plain", config: { filters: 3 }, inputs: [[3, 4, 2]] },
    { name: "twice as large, same, relu", config: { filters: 2, strides: [2], padding: "same", activation: "relu" }, inputs: [[3, 2, 3]] },
    {
      name: "strides wider than the window, without bias",
      config: { filters: 2, kernel_size: [2, 1], strides: [3, 2], use_bias: false },
      inputs: [[2, 3, 2]],
    },
    { name: "dilated", config: { filters: 2, kernel_size: [3, 2], dilation_rate: [2, 3] }, inputs: [[3, 4, 2]] },
    { name: "dilated, same", config: { filters: 2, dilation_rate: [2], padding: "same" }, inputs: [[4, 3, 2]] },
    { name: "padded output", config: { filters: 2, strides: [3, 2], output_padding: 1 }, inputs: [[2, 3, 2]] },
    {
      name: "padded output, same, odd and even windows",
      config: { filters: 2, kernel_size: [3, 4], strides: [2, 2], padding: "same", output_padding: 1 },
      inputs: [[3, 2, 2]],
    },
    {
      name: "output padded by nothing, same",
      config: { filters: 1, strides: [2], padding: "same", output_padding: 0 },
      inputs: [[3, 3, 1]],
    },
    { name: "strides, valid", config: { filters: 2, strides: [2, 1] }, inputs: [[2, 2, 1]] },
  ],
});
