/** permute, repeat, the sum along an axis, and a matrix product for every sample. */
import { attribute } from "../../../ir/op.ts";
import { batchProductSizes } from "../../../ir/ops/product.ts";
import { type Shape, sizeOf } from "../../../ir/tensor.ts";
import { type Integer, type Local, load, loadFloat } from "../emit/expression.ts";
import type { FunctionBuilder } from "../emit/function.ts";
import { product } from "../gemm/product.ts";
import { sumColumns } from "./columns.ts";
import { forRow } from "./rows.ts";
import { operandAt, shareOf, type WasmKernel } from "./target.ts";

interface Axis {
  readonly size: number;
  /** Elements of the source from one entry to the next. */
  readonly stride: number;
}

/** The output's axes, without those of one entry and with neighbours that stay neighbours as one. */
function joinedAxes(shape: Shape, axes: readonly number[]): Axis[] {
  const joined: Axis[] = [];
  for (const axis of axes) {
    const [size, stride] = [shape[axis] ?? 1, sizeOf(shape.slice(axis + 1))];
    const last = joined[joined.length - 1];
    if (size === 1) continue;
    if (last !== undefined && last.stride === size * stride) joined[joined.length - 1] = { size: last.size * size, stride };
    else joined.push({ size, stride });
  }
  return joined.length === 0 ? [{ size: 1, stride: 1 }] : joined;
}

/** Copies from strided axes to where `to` points, moving it on. */
function copyAxes(f: FunctionBuilder, [axis, ...inner]: readonly Axis[], source: Integer, to: Local<"i32">): void {
  if (axis === undefined) return;
  const from = f.keep(source);
  if (inner.length > 0) {
    f.repeat(axis.size, () => {
      copyAxes(f, inner, from, to);
      f.advance(from, axis.stride * 4);
    });
  } else if (axis.stride === 1) {
    forRow(f, axis.size, [from, to], (lanes) => f.storeLanes(to, 0, f.keep(load(from)), lanes));
    f.advance(to, (axis.size % 4) * 4);
  } else
    f.repeat(axis.size, () => {
      f.storeFloat(to, 0, loadFloat(from));
      f.advance(from, axis.stride * 4);
      f.advance(to, 4);
    });
}

export const permute: WasmKernel = {
  lower: (target, { inputs, outputs, attributes }) => {
    const [x, y] = [operandAt(inputs, 0), operandAt(outputs, 0)];
    const [first, ...inner] = joinedAxes(x.shape, attribute<Shape>(attributes, "axes"));
    if (first === undefined) return;
    const { start, length } = shareOf(first.size, 1, target.share);
    if (length === 0) return;
    const axes = [{ ...first, size: length }, ...inner];
    const index = target.module.function(`permute ${JSON.stringify(axes)}`, 2, (f) => copyAxes(f, axes, f.parameter(0), f.parameter(1)));
    target.call(index, [x.address + start * first.stride * 4, y.address + start * sizeOf(inner.map(({ size }) => size)) * 4]);
  },
};

export const repeat: WasmKernel = {
  lower: (target, { inputs, outputs, attributes }) => {
    const [x, y] = [operandAt(inputs, 0), operandAt(outputs, 0)];
    const times = attribute<number>(attributes, "times");
    const run = sizeOf(x.shape.slice(attribute<number>(attributes, "axis") + 1));
    const { start, length } = shareOf(x.size / run, 1, target.share);
    if (length === 0) return;
    const index = target.module.function(`repeat ${length} ${times} ${run}`, 2, (f) => {
      const [from, to] = [f.local("i32"), f.parameter(1)];
      f.repeat(length, () => {
        f.repeat(times, () => {
          f.set(from, f.parameter(0));
          forRow(f, run, [from, to], (lanes) => f.storeLanes(to, 0, f.keep(load(from)), lanes));
          f.advance(to, (run % 4) * 4);
        });
        f.advance(f.parameter(0), run * 4);
      });
    });
    target.call(index, [x.address + start * run * 4, y.address + start * run * times * 4]);
  },
};

export const sumAxis: WasmKernel = {
  lower: (target, { inputs, outputs, attributes }) => {
    const [x, y] = [operandAt(inputs, 0), operandAt(outputs, 0)];
    const axis = attribute<number>(attributes, "axis");
    const inner = sizeOf(x.shape.slice(axis + 1));
    const rows = x.shape[axis] ?? 1;
    const { start, length } = shareOf(y.size / inner, 1, target.share);
    if (length === 0) return;
    const index = target.module.function(`sumAxis ${length} ${rows} ${inner}`, 2, (f) => {
      const sum = sumColumns(target.module, { rows, columns: inner, rowStride: inner });
      f.repeat(length, () => {
        f.call(sum, f.parameters);
        f.advance(f.parameter(0), rows * inner * 4);
        f.advance(f.parameter(1), inner * 4);
      });
    });
    target.call(index, [x.address + start * rows * inner * 4, y.address + start * inner * 4]);
  },
};

export const batchProduct: WasmKernel = {
  lower: (target, { inputs, outputs, attributes }) => {
    const [a, b, y] = [operandAt(inputs, 0), operandAt(inputs, 1), operandAt(outputs, 0)];
    const { batch, M, K, N, transposeA, transposeB } = batchProductSizes(a.shape, b.shape, attributes);
    const { start, length } = shareOf(sizeOf(batch), 1, target.share);
    if (length === 0) return;
    // A matrix of one row or one column is its own transpose.
    const leftTransposed = transposeA && M > 1 && K > 1;
    const rightTransposed = transposeB && N > 1 && K > 1;
    const shape = {
      rows: M,
      columns: N,
      depth: K,
      leftRowStride: leftTransposed ? 1 : K,
      leftDepthStride: leftTransposed ? M : 1,
      rightTransposed,
      rightStride: rightTransposed ? K : N,
      outputStride: N,
      start: "zero",
      finish: "none",
    } as const;
    const index = target.module.function(`batchProduct ${length} ${JSON.stringify(shape)}`, 4, (f) => {
      const [left, right, output, scratch] = [f.parameter(0), f.parameter(1), f.parameter(2), f.parameter(3)];
      const one = product(target.module, shape);
      f.repeat(length, () => {
        f.call(one, [left, right, output, output, scratch]);
        f.advance(left, M * K * 4);
        f.advance(right, K * N * 4);
        f.advance(output, M * N * 4);
      });
    });
    target.call(index, [a.address + start * M * K * 4, b.address + start * K * N * 4, y.address + start * M * N * 4, target.scratch]);
  },
};
