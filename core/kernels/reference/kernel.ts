/**
 * A reference kernel: plain loops over views of the arena. Sums are taken in double precision and in index order; the
 * result is rounded once, when it is stored. Both float32 and float64 arenas run the same code.
 */
import type { Attributes, Shape } from "../../ir/tensor.ts";
import type { RunContext } from "../backend.ts";

export type Numbers = Float32Array | Float64Array;

export interface Operand {
  /** The tensor's elements, and nothing else. */
  readonly data: Numbers;
  readonly shape: Shape;
}

export type ReferenceKernel = (
  inputs: readonly Operand[],
  outputs: readonly Operand[],
  attributes: Attributes,
  context: RunContext,
) => void;

/** Element i; kernels stay within shapes, so that a missing element is a fault of the kernel. */
export const get = (data: Numbers, i: number): number => data[i] as number;

export function operand(list: readonly Operand[], i: number): Operand {
  const found = list[i];
  if (found === undefined) throw new Error(`operand ${i} is missing`);
  return found;
}

/** Length of the last axis. */
export const lastAxis = (shape: Shape): number => shape[shape.length - 1] ?? 1;
