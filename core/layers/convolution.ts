/** What the convolution layers share: options, weights, and how they are said in PyTorch and Keras. */
import { bool, int } from "../schema/fields.ts";
import { activationField } from "./fields.ts";
import type { ParameterDefinition } from "./layer.ts";
import { biasProperties, kerasWeights, kernelProperties, type WeightConfig, weightOptions } from "./weight-options.ts";

export const filtersField = (fallback = 32) => int({ default: fallback, min: 1, max: 65_536 });
export const groupsField = () => int({ default: 1, min: 1, max: 65_536, advanced: true });

/** The options of every layer that has a kernel, as dense has them. */
export const kernelFields = () => ({
  activation: activationField(),
  use_bias: bool({ default: true, advanced: true }),
  ...weightOptions(),
});

interface KernelConfig extends WeightConfig {
  readonly activation: string;
  readonly use_bias: boolean;
}

/**
 * Kernel [.., channels of a group, filters] and bias.
 * @param shape its last two axes are what goes in and comes out; Keras's fans are these times the size of the window
 */
export function kernelParameters(config: KernelConfig, shape: readonly number[], biasLength: number): readonly ParameterDefinition[] {
  const window = shape.slice(0, -2).reduce((product, size) => product * size, 1);
  const [fanIn, fanOut] = [window * (shape.at(-2) ?? 1), window * (shape.at(-1) ?? 1)];
  const kernel = { name: "kernel", shape, fanIn, fanOut, ...kernelProperties(config) };
  const bias = { name: "bias", shape: [biasLength], fanIn: biasLength, fanOut: biasLength, ...biasProperties(config) };
  return config.use_bias ? [kernel, bias] : [kernel];
}

/** @param kernels how Keras calls the kernels; @param rank axes of a kernel */
export const kerasKernel = (
  config: KernelConfig,
  rank: number,
  kernels: readonly string[] = ["kernel"],
): Readonly<Record<string, unknown>> => ({
  activation: config.activation,
  use_bias: config.use_bias,
  ...kerasWeights(config, kernels, rank),
});

export const pythonBool = (value: boolean): string => (value ? "True" : "False");
/** `(3, 3)` */
export const pythonTuple = (values: readonly number[]): string => `(${values.join(", ")}${values.length === 1 ? "," : ""})`;
