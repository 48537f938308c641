/**
 * The micro-kernel: one tile of the output held in registers while it runs along depth. It is called with four
 * addresses: left, right, output, bias. All strides and counts are part of the generated code.
 */
import { add, iAdd, iLess, integer, type Local, load, loadSplat, multiplyAdd, pseudoMax, zero } from "../emit/expression.ts";
import type { FunctionBuilder } from "../emit/function.ts";
import type { ModuleBuilder } from "../emit/module.ts";
import type { ProductShape } from "./shape.ts";

export interface MicroKernel {
  readonly rows: number;
  /** Columns that are stored: up to the width of a tile. */
  readonly columns: number;
  readonly depth: number;
  readonly unroll: number;
  /** Bytes from one row, or one step of depth, to the next. */
  readonly leftRowBytes: number;
  readonly leftDepthBytes: number;
  readonly rightDepthBytes: number;
  readonly outputRowBytes: number;
  readonly start: ProductShape["start"];
  readonly finish: ProductShape["finish"];
}

/** Index of the function (left, right, output, bias). */
export function microKernel(module: ModuleBuilder, kernel: MicroKernel): number {
  return module.function(`micro ${JSON.stringify(kernel)}`, 4, (f) => {
    const vectors = Math.ceil(kernel.columns / 4);
    const sums = Array.from({ length: kernel.rows }, () => f.vectors(vectors));
    startSums(f, kernel, sums);
    runAlongDepth(f, kernel, sums);
    finishSums(f, kernel, sums);
  });
}

function startSums(f: FunctionBuilder, kernel: MicroKernel, sums: readonly Local<"v128">[][]): void {
  const bias = f.parameter(3);
  for (const row of sums)
    row.forEach((sum, v) => {
      f.set(sum, kernel.start === "bias" ? load(bias, v * 16) : zero);
    });
}

function runAlongDepth(f: FunctionBuilder, kernel: MicroKernel, sums: readonly Local<"v128">[][]): void {
  const [left, right] = [f.parameter(0), f.parameter(1)];
  const rightRow = f.vectors(Math.ceil(kernel.columns / 4));
  const leftValue = f.local("v128");
  const step = (k: number): void => {
    rightRow.forEach((vector, v) => {
      f.set(vector, load(right, k * kernel.rightDepthBytes + v * 16));
    });
    sums.forEach((row, i) => {
      f.set(leftValue, loadSplat(left, i * kernel.leftRowBytes + k * kernel.leftDepthBytes));
      row.forEach((sum, v) => {
        const vector = rightRow[v];
        if (vector === undefined) throw new Error("a tile has as many vectors of right as of sums");
        f.set(sum, multiplyAdd(leftValue, vector, sum));
      });
    });
  };
  const unroll = Math.min(kernel.unroll, kernel.depth);
  const passes = Math.floor(kernel.depth / unroll);
  const pass = (): void => {
    for (let k = 0; k < unroll; k++) step(k);
    f.advance(left, unroll * kernel.leftDepthBytes);
    f.advance(right, unroll * kernel.rightDepthBytes);
  };
  if (passes === 1) pass();
  else {
    const end = f.keep(iAdd(right, integer(passes * unroll * kernel.rightDepthBytes)));
    f.loopWhile(() => {
      pass();
      return iLess(right, end);
    });
  }
  for (let k = 0; k < kernel.depth % unroll; k++) step(k);
}

function finishSums(f: FunctionBuilder, kernel: MicroKernel, sums: readonly Local<"v128">[][]): void {
  const output = f.parameter(2);
  const none = kernel.finish === "none" ? undefined : f.keep(zero);
  sums.forEach((row, i) => {
    // Last, not first: a sum of few terms loses less of each than one that begins large.
    if (kernel.start === "accumulate")
      row.forEach((sum, v) => {
        f.set(sum, add(load(output, i * kernel.outputRowBytes + v * 16), sum));
      });
    row.forEach((sum, v) => {
      const at = i * kernel.outputRowBytes + v * 16;
      if (none !== undefined) f.set(sum, pseudoMax(sum, none));
      f.storeLanes(output, at, sum, Math.min(4, kernel.columns - v * 4));
    });
  });
}
