/**
 * Conv2DTranspose: the gradient of a convolution as a layer, which makes pictures larger (Keras's Conv2DTranspose; Dumoulin & Visin
 * 2016). The kernel is [height, width, filters, channels], as in Keras.
 */
import type { Shape } from "../../ir/tensor.ts";
import { choice, shape } from "../../schema/fields.ts";
import { filtersField, kerasKernel, kernelFields, kernelParameters, pythonBool, pythonTuple } from "../convolution.ts";
import { defineLayer } from "../layer.ts";
import { requireRank } from "../shapes.ts";
import { type Padding, pairOf, windowAxis } from "../windows.ts";
import { texts } from "./texts.ts";

interface Config {
  readonly kernel_size: Shape;
  readonly strides: Shape;
  readonly padding: Padding;
}

/** The axis that a convolution of these windows would have come from. */
function axisOf(axis: string, input: number, size: number, stride: number, padding: Padding) {
  const length = input * stride + (padding === "same" ? 0 : Math.max(0, size - stride));
  return { length, ...windowAxis(axis, { length, size, stride, dilation: 1, padding }) };
}

function geometryOf(config: Config, inputs: readonly Shape[]) {
  const [height = 0, width = 0, channels = 0] = requireRank(inputs, 3, "[height, width, channels]");
  const size = pairOf(config.kernel_size, "kernel_size");
  const strides = pairOf(config.strides, "strides");
  const down = axisOf("height", height, size[0], strides[0], config.padding);
  const across = axisOf("width", width, size[1], strides[1], config.padding);
  return { size, strides, channels, down, across };
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
    ...kernelFields(),
  },
  texts,
  traits: { activationField: "activation", unitsField: "filters" },
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
    const { strides, down, across } = geometryOf(config, [x.shape.slice(1)]);
    const y = builder.one("conv2d_input_gradient", [x, kernel], {
      strides,
      dilation: [1, 1],
      padding: [down.before, down.after, across.before, across.after],
      groups: 1,
      input: [down.length, across.length],
    });
    return [builder.activation(bias === undefined ? y : builder.one("add_bias", [y, bias]), config.activation)];
  },
  pytorch: ({ config, inputs }) => {
    const { size, strides, channels, down, across } = geometryOf(config, inputs);
    const [height = 0, width = 0] = inputs[0] ?? [];
    // What PyTorch would leave out where strides are wider than the window.
    const missing = [down.length - (height - 1) * strides[0] - size[0], across.length - (width - 1) * strides[1] - size[1]];
    const behind = missing.map((count) => Math.max(0, count));
    return {
      module: `nn.ConvTranspose2d(${channels}, ${config.filters}, ${pythonTuple(size)}, stride=${pythonTuple(strides)}, output_padding=${pythonTuple(behind)}, bias=${pythonBool(config.use_bias)})`,
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
    { name: "strides, valid", config: { filters: 2, strides: [2, 1] }, inputs: [[2, 2, 1]] },
  ],
});
