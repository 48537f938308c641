/** Layer normalization: each row by its own mean and deviation; the gradients of gamma and beta sum down the columns. */
import { attribute } from "../../../ir/op.ts";
import {
  add,
  constant,
  div,
  float,
  fMul,
  type Local,
  load,
  loadSplat,
  mul,
  multiplyAdd,
  negativeMultiplyAdd,
  splat,
  sqrt,
  sub,
  zero,
} from "../emit/expression.ts";
import { inColumnBlocks, sumOverRows } from "./columns.ts";
import { forRow, loadLanes, sumOfLanes } from "./rows.ts";
import { LINE, operandAt, shareOf, type Target, type WasmKernel } from "./target.ts";

type P = Local<"i32">;

export const layerNormalization: WasmKernel = {
  lower: (target, { inputs, outputs, attributes }) => {
    const [x, gamma, beta] = [operandAt(inputs, 0), operandAt(inputs, 1), operandAt(inputs, 2)];
    const [y, mean, inverse] = [operandAt(outputs, 0), operandAt(outputs, 1), operandAt(outputs, 2)];
    const { start, length } = shareOf(mean.size, LINE, target.share);
    if (length === 0) return;
    const rowBytes = gamma.size * 4;
    const kernel = forwardKernel(target, length, gamma.size, attribute<number>(attributes, "epsilon"));
    target.call(kernel, [
      x.address + start * rowBytes,
      gamma.address,
      beta.address,
      y.address + start * rowBytes,
      mean.address + start * 4,
      inverse.address + start * 4,
    ]);
  },
};

/** Function (x, gamma, beta, y, mean, inverse). */
function forwardKernel(target: Target, rows: number, columns: number, epsilon: number): number {
  return target.module.function(`layerNormalization ${rows} ${columns} ${epsilon}`, 6, (f) => {
    const [x, gamma, beta, y, mean, inverse] = f.parameters as [P, P, P, P, P, P];
    const [from, scale, shift] = [f.local("i32"), f.local("i32"), f.local("i32")];
    const perColumn = 1 / columns;
    f.repeat(rows, () => {
      const sum = f.keep(zero);
      f.set(from, x);
      forRow(f, columns, [from], (lanes) => f.set(sum, add(sum, loadLanes(from, 0, lanes))));
      const average = f.keep(splat(fMul(sumOfLanes(sum), float(perColumn))));
      const squares = f.keep(zero);
      f.set(from, x);
      forRow(f, columns, [from], (lanes) => {
        // Surplus lanes hold the mean, so that they add nothing.
        const centered = f.keep(sub(loadLanes(from, 0, lanes, average), average));
        f.set(squares, multiplyAdd(centered, centered, squares));
      });
      const variance = splat(fMul(sumOfLanes(squares), float(perColumn)));
      const inverseDeviation = f.keep(div(constant(1), sqrt(add(variance, constant(epsilon)))));
      f.storeLanes(mean, 0, average, 1);
      f.storeLanes(inverse, 0, inverseDeviation, 1);
      f.set(scale, gamma);
      f.set(shift, beta);
      forRow(f, columns, [x, y, scale, shift], (lanes) => {
        const normalized = mul(sub(load(x), average), inverseDeviation);
        f.storeLanes(y, 0, f.keep(multiplyAdd(normalized, load(scale), load(shift))), lanes);
      });
      // The last, narrow vector did not move the pointers.
      f.advance(x, (columns % 4) * 4);
      f.advance(y, (columns % 4) * 4);
      f.advance(mean, 4);
      f.advance(inverse, 4);
    });
  });
}

export const layerNormalizationGradient: WasmKernel = {
  lower: (target, { inputs, outputs }) => {
    const [x, gamma, mean, inverse, dy] = [0, 1, 2, 3, 4].map((i) => operandAt(inputs, i).address) as [
      number,
      number,
      number,
      number,
      number,
    ];
    const [dx, dgamma, dbeta] = [0, 1, 2].map((i) => operandAt(outputs, i).address) as [number, number, number];
    const columns = operandAt(inputs, 1).size;
    const rows = operandAt(inputs, 2).size;
    const share = shareOf(rows, LINE, target.share);
    if (share.length > 0) {
      const [row, first] = [share.start * columns * 4, share.start * 4];
      target.call(inputGradient(target, share.length, columns), [x + row, gamma, mean + first, inverse + first, dy + row, dx + row]);
    }
    const own = shareOf(columns, LINE, target.share);
    if (own.length > 0) {
      const first = own.start * 4;
      target.call(parameterGradient(target, rows, own.length, columns), [
        x + first,
        mean,
        inverse,
        dy + first,
        dgamma + first,
        dbeta + first,
      ]);
    }
  },
};

/** Function (x, gamma, mean, inverse, dy, dx). */
function inputGradient(target: Target, rows: number, columns: number): number {
  return target.module.function(`layerNormalizationInputGradient ${rows} ${columns}`, 6, (f) => {
    const [x, gamma, mean, inverse, dy, dx] = f.parameters as [P, P, P, P, P, P];
    const [from, gradient, scale] = [f.local("i32"), f.local("i32"), f.local("i32")];
    f.repeat(rows, () => {
      const average = f.keep(loadSplat(mean));
      const inverseDeviation = f.keep(loadSplat(inverse));
      const [sum, product] = [f.keep(zero), f.keep(zero)];
      f.set(from, x);
      f.set(gradient, dy);
      f.set(scale, gamma);
      forRow(f, columns, [from, gradient, scale], (lanes) => {
        const scaled = f.keep(mul(loadLanes(gradient, 0, lanes), loadLanes(scale, 0, lanes)));
        f.set(sum, add(sum, scaled));
        f.set(product, multiplyAdd(scaled, sub(loadLanes(from, 0, lanes, average), average), product));
      });
      const perColumn = float(1 / columns);
      const offset = f.keep(splat(fMul(sumOfLanes(sum), perColumn)));
      const slope = f.keep(mul(mul(splat(fMul(sumOfLanes(product), perColumn)), inverseDeviation), inverseDeviation));
      f.set(scale, gamma);
      forRow(f, columns, [x, dy, scale, dx], (lanes) => {
        const inner = negativeMultiplyAdd(sub(load(x), average), slope, sub(mul(load(dy), load(scale)), offset));
        f.storeLanes(dx, 0, f.keep(mul(inner, inverseDeviation)), lanes);
      });
      for (const pointer of [x, dy, dx]) f.advance(pointer, (columns % 4) * 4);
      f.advance(mean, 4);
      f.advance(inverse, 4);
    });
  });
}

/** Function (x, mean, inverse, dy, dgamma, dbeta) over the columns of this thread. */
function parameterGradient(target: Target, rows: number, columns: number, rowLength: number): number {
  return target.module.function(`layerNormalizationParameterGradient ${rows} ${columns} ${rowLength}`, 6, (f) => {
    const [x, mean, inverse, dy, dgamma, dbeta] = f.parameters as [P, P, P, P, P, P];
    const [from, gradient, averages, inverses] = [f.local("i32"), f.local("i32"), f.local("i32"), f.local("i32")];
    inColumnBlocks(f, columns, 4, [x, dy, dgamma, dbeta], (lanes) => {
      const width = lanes.length;
      f.set(from, x);
      f.set(gradient, dy);
      f.set(averages, mean);
      f.set(inverses, inverse);
      const sums = sumOverRows(f, rows, 2 * width, (partial) => {
        const average = f.keep(loadSplat(averages));
        const inverseDeviation = f.keep(loadSplat(inverses));
        const gradients = lanes.map((_, v) => f.keep(load(gradient, v * 16)));
        const next = partial.map((sum, i) => {
          const g = gradients[i % width];
          if (g === undefined) throw new Error("a gradient for every vector");
          return f.keep(i < width ? add(sum, g) : multiplyAdd(g, mul(sub(load(from, (i % width) * 16), average), inverseDeviation), sum));
        });
        f.advance(from, rowLength * 4);
        f.advance(gradient, rowLength * 4);
        f.advance(averages, 4);
        f.advance(inverses, 4);
        return next;
      });
      sums.forEach((sum, i) => {
        f.storeLanes(i < width ? dbeta : dgamma, (i % width) * 16, sum, lanes[i % width] ?? 0);
      });
    });
  });
}
