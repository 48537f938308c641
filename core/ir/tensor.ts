/**
 * Tensors and programs of the IR. N is the batch, C channels, H height, W width, T time, K classes, M the product of
 * all axes but the last, I and O the last axis before and after. Every tensor is row-major and dense; its element is
 * one number of the arena (float32, or float64 in the reference backend).
 */
import type { OpName } from "./op-name.ts";

export type Shape = readonly number[];

/** Where a tensor lives. `temporary` storage is reused within a step; everything else keeps its place. */
export type TensorRole = "parameter" | "gradient" | "slot" | "state" | "input" | "constant" | "temporary";

export interface Tensor {
  /** Index into `Program.tensors`. */
  readonly id: number;
  readonly shape: Shape;
  readonly role: TensorRole;
  /** Unique within its role: `dense_1/kernel`. */
  readonly name: string;
  /** The canvas node it belongs to; empty for what belongs to the whole network. */
  readonly nodeId: string;
  /** Shares the storage of this tensor (reshape). */
  readonly aliasOf?: number;
}

export type AttributeValue = number | boolean | string | readonly number[];
export type Attributes = Readonly<Record<string, AttributeValue>>;

export type Phase = "forward" | "backward" | "update";

export interface Instruction {
  readonly op: OpName;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  readonly attributes: Attributes;
  readonly nodeId: string;
  readonly phase: Phase;
}

/** A flat list of instructions over tensors; what a planner places and a backend runs. */
export interface Program {
  readonly tensors: readonly Tensor[];
  readonly instructions: readonly Instruction[];
  /** Temporaries that the caller reads afterwards: their storage is not used again within the program. */
  readonly results: readonly Tensor[];
  /** Inputs that a batch comes in: a run may be told that they lie elsewhere (RunContext.broughtShift). */
  readonly brought?: readonly Tensor[];
}

/** Number of elements; 1 for the scalar shape []. */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (const axis of shape) size *= axis;
  return size;
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((axis, i) => axis === b[i]);
}

/** `[64, 28, 28, 1]` */
export function showShape(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}
