/** What the convolution layers share: options, weights, and how they are said in PyTorch and Keras. */
import { bool, int } from "../schema/fields.ts";
import { activationField, initializerField, penaltyField } from "./fields.ts";
import type { ParameterDefinition } from "./layer.ts";

export const filtersField = (fallback = 32) => int({ default: fallback, min: 1, max: 65_536 });
export const groupsField = () => int({ default: 1, min: 1, max: 65_536, advanced: true });

/** The options of every layer that has a kernel, as dense has them. */
export const kernelFields = () => ({
  activation: activationField(),
  use_bias: bool({ default: true, advanced: true }),
  kernel_initializer: initializerField("glorot_uniform"),
  bias_initializer: initializerField("zeros"),
  l1: penaltyField(),
  l2: penaltyField(),
});

interface KernelConfig {
  readonly activation: string;
  readonly use_bias: boolean;
  readonly kernel_initializer: string;
  readonly bias_initializer: string;
  readonly l1: number;
  readonly l2: number;
}

/**
 * Kernel [.., channels of a group, filters] and bias.
 * @param shape its last two axes are what goes in and comes out; Keras's fans are these times the size of the window
 */
export function kernelParameters(config: KernelConfig, shape: readonly number[], biasLength: number): readonly ParameterDefinition[] {
  const window = shape.slice(0, -2).reduce((product, size) => product * size, 1);
  const [fanIn, fanOut] = [window * (shape.at(-2) ?? 1), window * (shape.at(-1) ?? 1)];
  const kernel = { name: "kernel", shape, initializer: config.kernel_initializer, fanIn, fanOut, l1: config.l1, l2: config.l2 };
  const bias = { name: "bias", shape: [biasLength], initializer: config.bias_initializer, fanIn: biasLength, fanOut: biasLength };
  return config.use_bias ? [kernel, bias] : [kernel];
}

export const kerasKernel = (config: KernelConfig): Readonly<Record<string, unknown>> => ({
  activation: config.activation,
  use_bias: config.use_bias,
  kernel_initializer: config.kernel_initializer,
  bias_initializer: config.bias_initializer,
});

export const pythonBool = (value: boolean): string => (value ? "True" : "False");
/** `(3, 3)` */
export const pythonTuple = (values: readonly number[]): string => `(${values.join(", ")}${values.length === 1 ? "," : ""})`;
