/**
 * Pieces for kernels that work row by row over the last axis: loops over the vectors of a row with a last one of fewer
 * lanes, and the sum and the largest of four lanes.
 */
import {
  addDoubles,
  and,
  type Double,
  dAdd,
  doubleLane,
  type Float,
  fAdd,
  fMax,
  type Integer,
  integerLanes,
  type Local,
  lane,
  load,
  promoteLow,
  select,
  shuffle,
  type Vector,
} from "../emit/expression.ts";
import type { FunctionBuilder } from "../emit/function.ts";

/** All bits set in the first `lanes` lanes. */
export const firstLanes = (lanes: number): Vector => integerLanes(-1, lanes > 1 ? -1 : 0, lanes > 2 ? -1 : 0, lanes > 3 ? -1 : 0);

/** A vector of a row, of which `lanes` lanes belong to it; `fill` in the others. */
export function loadLanes(base: Integer, offset: number, lanes: number, fill?: Vector): Vector {
  const vector = load(base, offset);
  if (lanes === 4) return vector;
  return fill === undefined ? and(vector, firstLanes(lanes)) : select(firstLanes(lanes), vector, fill);
}

/**
 * Runs over a row of `length` floats: `body` sees how many lanes count, 4 but for the last vector, and reads through
 * `pointers` at offset 0; they move on by a vector each time.
 */
export function forRow(f: FunctionBuilder, length: number, pointers: readonly Local<"i32">[], body: (lanes: number) => void): void {
  f.repeat(Math.floor(length / 4), () => {
    body(4);
    for (const pointer of pointers) f.advance(pointer, 16);
  });
  if (length % 4 > 0) body(length % 4);
}

/** Like {@link forRow} for long rows: four vectors a pass, read at the offset that `body` is given. */
export function forWideRow(
  f: FunctionBuilder,
  length: number,
  pointers: readonly Local<"i32">[],
  body: (offset: number, lanes: number) => void,
): void {
  const vectors = Math.floor(length / 4);
  f.repeat(Math.floor(vectors / 4), () => {
    for (let v = 0; v < 4; v++) body(v * 16, 4);
    for (const pointer of pointers) f.advance(pointer, 64);
  });
  for (let v = 0; v < vectors % 4; v++) body(v * 16, 4);
  if (length % 4 > 0) body((vectors % 4) * 16, length % 4);
}

export const sumOfLanes = (v: Local<"v128">): Float => fAdd(fAdd(lane(v, 0), lane(v, 1)), fAdd(lane(v, 2), lane(v, 3)));
export const largestOfLanes = (v: Local<"v128">): Float => fMax(fMax(lane(v, 0), lane(v, 1)), fMax(lane(v, 2), lane(v, 3)));

/** A sum of floats in double precision, four at a time into two pairs of doubles. */
export class DoubleSum {
  private readonly low: Local<"v128">;
  private readonly high: Local<"v128">;
  private readonly f: FunctionBuilder;

  /** Starts at 0. */
  constructor(f: FunctionBuilder, zeroVector: Vector) {
    this.f = f;
    this.low = f.keep(zeroVector);
    this.high = f.keep(zeroVector);
  }

  add(value: Vector): void {
    const kept = this.f.keep(value);
    this.f.set(this.low, addDoubles(this.low, promoteLow(kept)));
    this.f.set(this.high, addDoubles(this.high, promoteLow(shuffle(kept, kept, [2, 3, 2, 3]))));
  }

  total(): Double {
    return dAdd(dAdd(doubleLane(this.low, 0), doubleLane(this.low, 1)), dAdd(doubleLane(this.high, 0), doubleLane(this.high, 1)));
  }
}
