/**
 * What an op is: a shape rule, a gradient rule and a cost. One file an op in ops/; how it is computed is the affair
 * of the backends in core/kernels, which are checked against each other op by op.
 */
import type { Emitter } from "./emitter.ts";
import type { Attributes, Shape, Tensor } from "./tensor.ts";

export interface GradientContext {
  readonly builder: Emitter;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  /** Gradient of the loss with respect to each output; null where none flows. */
  readonly outputGradients: readonly (Tensor | null)[];
  readonly attributes: Attributes;
  /** Whether anything upstream needs the gradient of input i: work for the others can be left out. */
  readonly needs: readonly boolean[];
}

export interface OpDefinition {
  /** Shapes of the outputs. @throws Error when the inputs cannot meet: layers check first and say it in words. */
  readonly outputShapes: (inputs: readonly Shape[], attributes: Attributes) => readonly Shape[];
  /** Emits the backward ops; returns a gradient per input, null where none flows. Absent for ops that end the chain. */
  readonly gradient?: (context: GradientContext) => readonly (Tensor | null)[];
  /** Multiply–adds of one execution; 0 when absent. */
  readonly multiplyAdds?: (inputs: readonly Shape[], outputs: readonly Shape[], attributes: Attributes) => number;
  /** Output 0 is input 0 under another shape: no kernel runs. */
  readonly alias?: true;
  /**
   * Outputs that may lie on an input of the same size which nobody reads afterwards: `[output, input]`, by index. Kernels then read every
   * number of that input before they write the one in its place, and none after it. Saves memory, and the cache from what is dead.
   */
  readonly inPlace?: (attributes: Attributes) => readonly (readonly [output: number, input: number])[];
  /** Indices of inputs that the op also writes (moving statistics, parameters in an update). */
  readonly writesInputs?: readonly number[];
}

export function attribute<T extends number | boolean | string | readonly number[]>(attributes: Attributes, name: string): T {
  const value = attributes[name];
  if (value === undefined) throw new Error(`attribute '${name}' is missing`);
  return value as T;
}

/** The shape an op's rule relies on being there; a fault of ours when it is not. */
export function at<T>(list: readonly T[], index: number): T {
  const value = list[index];
  if (value === undefined) throw new Error(`index ${index} is out of range (length ${list.length})`);
  return value;
}
