/**
 * Matrix times vector: one sum a row, where both operands lie along depth. Four lanes take every fourth term, two
 * vectors in turn, and are joined at the end; the order is the same for every row, wherever a block of rows begins. As in
 * other products a lane adds up to 256 terms one after the other: deeper ones are summed in blocks.
 */
import {
  add,
  and,
  type Float,
  fAdd,
  integerLanes,
  type Local,
  lane,
  load,
  loadFloat,
  multiplyAdd,
  pseudoMax,
  splat,
  zero,
} from "../emit/expression.ts";
import type { FunctionBuilder } from "../emit/function.ts";
import type { ModuleBuilder } from "../emit/module.ts";
import { balanced, DEPTH_BLOCK, type ProductShape } from "./shape.ts";

const ROWS_AT_ONCE = 4;
/** Terms that one row takes at a time. */
const LANES = 8;

/** Index of the function (left, right, output, bias, scratch) for a product with one column. */
export function dotProducts(module: ModuleBuilder, shape: ProductShape): number {
  return module.function(`dot ${JSON.stringify(shape)}`, 5, (f) => {
    const [left, output] = [f.parameter(0), f.parameter(2)];
    const pass = (count: number): void => {
      rows(f, shape, count);
      f.advance(left, count * shape.leftRowStride * 4);
      f.advance(output, count * 4);
    };
    f.repeat(Math.floor(shape.rows / ROWS_AT_ONCE), () => pass(ROWS_AT_ONCE));
    if (shape.rows % ROWS_AT_ONCE > 0) pass(shape.rows % ROWS_AT_ONCE);
  });
}

function rows(f: FunctionBuilder, shape: ProductShape, count: number): void {
  const [output, bias] = [f.parameter(2), f.parameter(3)];
  const [left, right] = [f.keep(f.parameter(0)), f.keep(f.parameter(1))];
  const even = f.vectors(count);
  const odd = f.vectors(count);
  const step = (sums: readonly Local<"v128">[], at: number, lanes: number): void => {
    const mask = lanes === 4 ? undefined : integerLanes(-1, lanes > 1 ? -1 : 0, lanes > 2 ? -1 : 0, 0);
    const b = f.keep(mask === undefined ? load(right, at) : and(load(right, at), mask));
    sums.forEach((sum, i) => {
      const a = load(left, i * shape.leftRowStride * 4 + at);
      f.set(sum, multiplyAdd(mask === undefined ? a : and(a, mask), b, sum));
    });
  };
  const block = (depth: number): void => {
    for (const sum of [...even, ...odd]) f.set(sum, zero);
    f.repeat(Math.floor(depth / LANES), () => {
      step(even, 0, 4);
      step(odd, 16, 4);
      f.advance(left, LANES * 4);
      f.advance(right, LANES * 4);
    });
    const rest = depth % LANES;
    if (rest > 0) step(even, 0, Math.min(4, rest));
    if (rest > 4) step(odd, 16, rest - 4);
    even.forEach((sum, i) => {
      const other = odd[i];
      if (other === undefined) throw new Error("every row has two sums");
      f.set(sum, add(sum, other));
    });
  };
  inBlocks(f, shape.depth, even, block).forEach((sum, i) => {
    let total: Float = fAdd(fAdd(lane(sum, 0), lane(sum, 1)), fAdd(lane(sum, 2), lane(sum, 3)));
    if (shape.start === "bias") total = fAdd(total, loadFloat(bias));
    if (shape.start === "accumulate") total = fAdd(total, loadFloat(output, i * 4));
    if (shape.finish === "relu") total = lane(pseudoMax(splat(total), zero), 0);
    f.storeFloat(output, i * 4, total);
  });
}

/** Runs `block` over the depth, in pieces of nearly equal length where it is long. @returns locals that hold the sums of all */
function inBlocks(
  f: FunctionBuilder,
  depth: number,
  sums: readonly Local<"v128">[],
  block: (depth: number) => void,
): readonly Local<"v128">[] {
  const size = balanced(depth, LANES * DEPTH_BLOCK, LANES);
  if (size === depth) {
    block(depth);
    return sums;
  }
  const totals = sums.map(() => f.keep(zero));
  const one = (length: number): void => {
    block(length);
    totals.forEach((total, i) => {
      const sum = sums[i];
      if (sum !== undefined) f.set(total, add(total, sum));
    });
  };
  f.repeat(Math.floor(depth / size), () => one(size));
  if (depth % size > 0) one(depth % size);
  return totals;
}
