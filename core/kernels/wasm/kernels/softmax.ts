/** Softmax over rows, its logarithm, and their gradients. */
import { add, constant, div, type Local, load, max, mul, negativeMultiplyAdd, splat, sub, zero } from "../emit/expression.ts";
import type { FunctionBuilder } from "../emit/function.ts";
import { exp, log } from "../math.ts";
import { forRow, largestOfLanes, loadLanes, sumOfLanes } from "./rows.ts";
import { lastAxis, operandAt, shareOf, type WasmKernel } from "./target.ts";

type P = Local<"i32">;

/** The largest of the row at `pointer`, in all lanes. NaN when one is. */
export function largestOfRow(f: FunctionBuilder, row: P, length: number): Local<"v128"> {
  const pointer = f.keep(row);
  const lowest = constant(Number.NEGATIVE_INFINITY);
  const top = f.keep(lowest);
  forRow(f, length, [pointer], (lanes) => f.set(top, max(top, loadLanes(pointer, 0, lanes, lowest))));
  return f.keep(splat(largestOfLanes(top)));
}

/** Σ exp(z − top) of the row; `each` sees every exponential and the number of lanes that count. */
export function sumOfExponentials(
  f: FunctionBuilder,
  row: P,
  length: number,
  top: Local<"v128">,
  each?: (value: Local<"v128">, lanes: number) => void,
): Local<"v128"> {
  const pointer = f.keep(row);
  const sum = f.keep(zero);
  const lowest = constant(Number.NEGATIVE_INFINITY);
  forRow(f, length, [pointer], (lanes) => {
    const value = f.keep(exp(f, sub(loadLanes(pointer, 0, lanes, lowest), top)));
    f.set(sum, add(sum, value));
    each?.(value, lanes);
  });
  return f.keep(splat(sumOfLanes(sum)));
}

export const softmax: WasmKernel = {
  lower: (target, { inputs, outputs }) => {
    const [x, y] = [operandAt(inputs, 0), operandAt(outputs, 0)];
    const K = lastAxis(x.shape);
    const { start, length } = shareOf(x.size / K, 4, target.share);
    if (length === 0) return;
    const index = target.module.function(`softmax ${length} ${K}`, 2, (f) => {
      const [from, to] = f.parameters as [P, P];
      const place = f.local("i32");
      f.repeat(length, () => {
        const top = largestOfRow(f, from, K);
        f.set(place, to);
        const total = sumOfExponentials(f, from, K, top, (value, lanes) => {
          f.storeLanes(place, 0, value, lanes);
          f.advance(place, 16);
        });
        f.set(place, to);
        forRow(f, K, [place], (lanes) => f.storeLanes(place, 0, f.keep(div(load(place), total)), lanes));
        f.advance(from, K * 4);
        f.advance(to, K * 4);
      });
    });
    target.call(index, [x.address + start * K * 4, y.address + start * K * 4]);
  },
};

export const softmaxGradient: WasmKernel = {
  lower: (target, { inputs, outputs }) => {
    const [y, dy, dx] = [operandAt(inputs, 0), operandAt(inputs, 1), operandAt(outputs, 0)];
    const K = lastAxis(y.shape);
    const { start, length } = shareOf(y.size / K, 4, target.share);
    if (length === 0) return;
    const index = target.module.function(`softmax_gradient ${length} ${K}`, 3, (f) => {
      const [values, gradients, to] = f.parameters as [P, P, P];
      const [value, gradient] = [f.local("i32"), f.local("i32")];
      f.repeat(length, () => {
        const dot = f.keep(zero);
        f.set(value, values);
        f.set(gradient, gradients);
        forRow(f, K, [value, gradient], (lanes) => f.set(dot, add(dot, mul(loadLanes(value, 0, lanes), loadLanes(gradient, 0, lanes)))));
        const total = f.keep(splat(sumOfLanes(dot)));
        forRow(f, K, [values, gradients, to], (lanes) =>
          f.storeLanes(to, 0, f.keep(mul(load(values), sub(load(gradients), total))), lanes),
        );
        for (const pointer of [values, gradients, to]) f.advance(pointer, (K % 4) * 4);
      });
    });
    target.call(index, [y.address + start * K * 4, dy.address + start * K * 4, dx.address + start * K * 4]);
  },
};

export const logSoftmax: WasmKernel = {
  lower: (target, { inputs, outputs }) => {
    const [x, y] = [operandAt(inputs, 0), operandAt(outputs, 0)];
    const K = lastAxis(x.shape);
    const { start, length } = shareOf(x.size / K, 4, target.share);
    if (length === 0) return;
    const index = target.module.function(`log_softmax ${length} ${K}`, 2, (f) => {
      const [from, to] = f.parameters as [P, P];
      f.repeat(length, () => {
        const top = largestOfRow(f, from, K);
        const logarithm = f.keep(log(f, sumOfExponentials(f, from, K, top)));
        forRow(f, K, [from, to], (lanes) => f.storeLanes(to, 0, f.keep(sub(sub(load(from), top), logarithm)), lanes));
        for (const pointer of [from, to]) f.advance(pointer, (K % 4) * 4);
      });
    });
    target.call(index, [x.address + start * K * 4, y.address + start * K * 4]);
  },
};

export const logSoftmaxGradient: WasmKernel = {
  lower: (target, { inputs, outputs }) => {
    const [y, dy, dx] = [operandAt(inputs, 0), operandAt(inputs, 1), operandAt(outputs, 0)];
    const K = lastAxis(y.shape);
    const { start, length } = shareOf(y.size / K, 4, target.share);
    if (length === 0) return;
    const index = target.module.function(`log_softmax_gradient ${length} ${K}`, 3, (f) => {
      const [values, gradients, to] = f.parameters as [P, P, P];
      const gradient = f.local("i32");
      f.repeat(length, () => {
        const sum = f.keep(zero);
        f.set(gradient, gradients);
        forRow(f, K, [gradient], (lanes) => f.set(sum, add(sum, loadLanes(gradient, 0, lanes))));
        const total = f.keep(splat(sumOfLanes(sum)));
        forRow(f, K, [values, gradients, to], (lanes) =>
          f.storeLanes(to, 0, f.keep(negativeMultiplyAdd(exp(f, load(values)), total, load(gradients))), lanes),
        );
        for (const pointer of [values, gradients, to]) f.advance(pointer, (K % 4) * 4);
      });
    });
    target.call(index, [y.address + start * K * 4, dy.address + start * K * 4, dx.address + start * K * 4]);
  },
};
