/**
 * Conv1D: a window with learned weights over every step of a sequence [steps, channels] (Keras's Conv1D). Causal padding puts all
 * zeros before the sequence (van den Oord et al. 2016). Computed as a picture of height 1.
 */
import type { Shape } from "../../ir/tensor.ts";
import { choice, int } from "../../schema/fields.ts";
import { filtersField, groupsField, kerasKernel, kernelFields, kernelParameters, pythonBool } from "../convolution.ts";
import { defineLayer } from "../define-layer.ts";
import { requireRank } from "../shapes.ts";
import { type Padding, requireGroups, requireStrideOrDilation, windowAxis } from "../windows.ts";
import { texts } from "./texts.ts";

interface Config {
  readonly filters: number;
  readonly kernel_size: number;
  readonly strides: number;
  readonly padding: Padding;
  readonly dilation_rate: number;
  readonly groups: number;
}

function geometryOf(config: Config, inputs: readonly Shape[]) {
  const [steps = 0, channels = 0] = requireRank(inputs, 2, "[steps, channels]");
  requireStrideOrDilation([config.strides], [config.dilation_rate]);
  requireGroups(config.groups, channels, config.filters);
  const { kernel_size: size, strides: stride, dilation_rate: dilation, padding } = config;
  return { channels, ...windowAxis("steps", { length: steps, size, stride, dilation, padding }) };
}

export default defineLayer({
  type: "conv_1d",
  group: "convolutional",
  icon: "C1",
  schema: {
    filters: filtersField(),
    kernel_size: int({ default: 3, min: 1, max: 10_000 }),
    strides: int({ default: 1, min: 1, max: 10_000 }),
    padding: choice({ values: ["valid", "same", "causal"], default: "valid" }),
    dilation_rate: int({ default: 1, min: 1, max: 10_000, advanced: true }),
    groups: groupsField(),
    ...kernelFields(),
  },
  texts,
  traits: {
    reads: "sequence",
    activationField: "activation",
    unitsField: "filters",
    biasField: "use_bias",
    window: { kind: "convolution", size: "kernel_size", strides: "strides", dilation: "dilation_rate" },
  },
  ports: { inputs: [{ name: "input", kind: "float" }], outputs: [{ name: "output", kind: "float" }] },
  headline: (c) => `${c.filters} · ${c.kernel_size}`,
  outputShapes: ({ config, inputs }) => [[geometryOf(config, inputs).output, config.filters]],
  parameters: ({ config, inputs }) => {
    const { channels } = geometryOf(config, inputs);
    return kernelParameters(config, [config.kernel_size, channels / config.groups, config.filters], config.filters);
  },
  build: ({ builder, config, inputs, parameters }) => {
    const [x] = inputs;
    const { kernel, bias } = parameters;
    if (x === undefined || kernel === undefined) throw new Error("conv_1d: no input or kernel");
    const { channels, output, before, after } = geometryOf(config, [x.shape.slice(1)]);
    const [N = 1, steps = 1] = x.shape;
    const picture = builder.reshape(x, [N, 1, steps, channels]);
    const window = builder.reshape(kernel, [1, ...kernel.shape]);
    const y = builder.one("conv2d", bias === undefined ? [picture, window] : [picture, window, bias], {
      strides: [1, config.strides],
      dilation: [1, config.dilation_rate],
      padding: [0, 0, before, after],
      groups: config.groups,
    });
    return [builder.reshape(builder.activation(y, config.activation), [N, output, config.filters])];
  },
  pytorch: ({ config, inputs }) => {
    const { channels, before, after } = geometryOf(config, inputs);
    return {
      module: `nn.Conv1d(${channels}, ${config.filters}, ${config.kernel_size}, stride=${config.strides}, dilation=${config.dilation_rate}, groups=${config.groups}, bias=${pythonBool(config.use_bias)})`,
      call: (module, [x = ""]) => {
        const first = `${x}.permute(0, 2, 1)`;
        const padded = before + after > 0 ? `nn.functional.pad(${first}, (${before}, ${after}))` : first;
        return `ACTIVATION:${config.activation}(${module}(${padded}).permute(0, 2, 1))`;
      },
      weights: { kernel: { name: "weight", transpose: [2, 1, 0] }, ...(config.use_bias ? { bias: { name: "bias" } } : {}) },
    };
  },
  keras: ({ config }) => ({
    className: "Conv1D",
    config: {
      filters: config.filters,
      kernel_size: config.kernel_size,
      strides: config.strides,
      padding: config.padding,
      dilation_rate: config.dilation_rate,
      groups: config.groups,
      ...kerasKernel(config, 3),
    },
  }),
  examples: [
    { name: "plain", config: { filters: 4 }, inputs: [[6, 3]] },
    { name: "same, an even window, relu", config: { filters: 3, kernel_size: 4, padding: "same", activation: "relu" }, inputs: [[5, 2]] },
    { name: "causal and dilated", config: { filters: 2, padding: "causal", dilation_rate: 2, activation: "tanh" }, inputs: [[7, 3]] },
    { name: "strides", config: { filters: 3, kernel_size: 2, strides: 3 }, inputs: [[9, 2]] },
    { name: "causal with strides", config: { filters: 2, padding: "causal", strides: 2 }, inputs: [[7, 2]] },
    { name: "groups without bias", config: { filters: 4, groups: 2, use_bias: false }, inputs: [[5, 4]] },
  ],
});
