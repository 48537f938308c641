/**
 * What a kernel is in this backend: a function that writes calls of generated functions for one instruction. Each
 * thread has a target of its own and a share of the work; which numbers a sum adds, and in which order, never depends
 * on the share.
 */

import type { OpName } from "../../../ir/op-name.ts";
import type { Attributes, Shape } from "../../../ir/tensor.ts";
import type { ModuleBuilder } from "../emit/module.ts";

export interface Operand {
  /** Address of the first element, bytes. */
  readonly address: number;
  readonly shape: Shape;
  /** Number of elements. */
  readonly size: number;
}

/** An instruction whose tensors have addresses. */
export interface PlacedInstruction {
  readonly op: OpName;
  readonly inputs: readonly Operand[];
  readonly outputs: readonly Operand[];
  readonly attributes: Attributes;
}

/** Thread `index` of `count`. */
export interface Share {
  readonly index: number;
  readonly count: number;
}

export interface Target {
  readonly module: ModuleBuilder;
  readonly share: Share;
  /** Address of this thread's scratch memory (gemm/shape.ts says how much). */
  readonly scratch: number;
  /** Address of scratch memory that all threads of the step see. */
  readonly sharedScratch: number;
  /** Appends a barrier: what follows begins when all threads of the share have come so far. All of them must append it. */
  barrier(): void;
  /** Appends a call; "step" stands for the optimizer step that the program is run with. */
  call(functionIndex: number, args: readonly (number | "step")[]): void;
}

export interface WasmKernel {
  /** False where the instruction is left to the reference kernel; absent when every instruction is taken. */
  readonly supports?: (instruction: PlacedInstruction) => boolean;
  readonly lower: (target: Target, instruction: PlacedInstruction) => void;
}

export function operandAt(list: readonly Operand[], index: number): Operand {
  const operand = list[index];
  if (operand === undefined) throw new Error(`operand ${index} is missing`);
  return operand;
}

export interface Range {
  readonly start: number;
  readonly length: number;
}

/** A share of `total` in multiples of `unit`, so that threads do not write to the same cache line. */
export function shareOf(total: number, unit: number, share: Share): Range {
  const units = Math.ceil(total / unit);
  const start = Math.min(total, Math.floor((units * share.index) / share.count) * unit);
  const end = Math.min(total, Math.floor((units * (share.index + 1)) / share.count) * unit);
  return { start, length: end - start };
}

/** The part of the work that the busiest thread has. */
const largestShare = (total: number, unit: number, { count }: Share): number =>
  Math.max(...Array.from({ length: count }, (_, index) => shareOf(total, unit, { index, count }).length)) / total;

/** What columns have to be shared more evenly by: each thread then reads all rows of the left operand. */
const EVENER = 0.02;

/** A share of a product's outputs: of its rows, or of its columns where rows cannot be shared as evenly. */
export function shareOfProduct(
  rows: number,
  columns: number,
  rowUnit: number,
  share: Share,
): { readonly rows: Range; readonly columns: Range } {
  const byColumns = largestShare(columns, LINE, share) < largestShare(rows, rowUnit, share) - EVENER;
  return byColumns
    ? { rows: { start: 0, length: rows }, columns: shareOf(columns, LINE, share) }
    : { rows: shareOf(rows, rowUnit, share), columns: { start: 0, length: columns } };
}

/** Floats in a cache line. */
export const LINE = 16;

/** Length of the last axis; 1 for a scalar. */
export const lastAxis = (shape: Shape): number => shape[shape.length - 1] ?? 1;
