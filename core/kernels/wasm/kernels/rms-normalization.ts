/** Root-mean-square normalization and its gradient, row by row, and the product with one number a channel. */
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
  splat,
  sqrt,
  sub,
  zero,
} from "../emit/expression.ts";
import { forRow, loadLanes, sumOfLanes } from "./rows.ts";
import { LINE, lastAxis, operandAt, shareOf, type WasmKernel } from "./target.ts";

type P = Local<"i32">;

export const rmsNormalization: WasmKernel = {
  lower: (target, { inputs, outputs, attributes }) => {
    const [x, y, inverse] = [operandAt(inputs, 0), operandAt(outputs, 0), operandAt(outputs, 1)];
    const epsilon = attribute<number>(attributes, "epsilon");
    const columns = lastAxis(x.shape);
    const { start, length } = shareOf(inverse.size, LINE, target.share);
    if (length === 0) return;
    const index = target.module.function(`rmsNormalization ${length} ${columns} ${epsilon}`, 3, (f) => {
      const [source, result, roots] = f.parameters as [P, P, P];
      const from = f.local("i32");
      f.repeat(length, () => {
        const squares = f.keep(zero);
        f.set(from, source);
        forRow(f, columns, [from], (lanes) => {
          const value = f.keep(loadLanes(from, 0, lanes));
          f.set(squares, multiplyAdd(value, value, squares));
        });
        const mean = splat(fMul(sumOfLanes(squares), float(1 / columns)));
        const root = f.keep(div(constant(1), sqrt(add(mean, constant(epsilon)))));
        f.storeLanes(roots, 0, root, 1);
        forRow(f, columns, [source, result], (lanes) => f.storeLanes(result, 0, f.keep(mul(load(source), root)), lanes));
        f.advance(source, (columns % 4) * 4);
        f.advance(result, (columns % 4) * 4);
        f.advance(roots, 4);
      });
    });
    target.call(index, [x.address + start * columns * 4, y.address + start * columns * 4, inverse.address + start * 4]);
  },
};

export const rmsNormalizationGradient: WasmKernel = {
  lower: (target, { inputs, outputs }) => {
    const [x, inverse, dy, dx] = [operandAt(inputs, 0), operandAt(inputs, 1), operandAt(inputs, 2), operandAt(outputs, 0)];
    const columns = lastAxis(x.shape);
    const { start, length } = shareOf(inverse.size, LINE, target.share);
    if (length === 0) return;
    const index = target.module.function(`rmsNormalizationGradient ${length} ${columns}`, 4, (f) => {
      const [source, roots, upstream, result] = f.parameters as [P, P, P, P];
      const [a, b] = [f.local("i32"), f.local("i32")];
      f.repeat(length, () => {
        const products = f.keep(zero);
        f.set(a, source);
        f.set(b, upstream);
        forRow(f, columns, [a, b], (lanes) => f.set(products, multiplyAdd(loadLanes(a, 0, lanes), loadLanes(b, 0, lanes), products)));
        const root = f.keep(loadSplat(roots));
        const mean = splat(fMul(sumOfLanes(products), float(1 / columns)));
        const factor = f.keep(mul(mul(root, root), mean));
        forRow(f, columns, [source, upstream, result], (lanes) =>
          f.storeLanes(result, 0, f.keep(mul(root, sub(load(upstream), mul(load(source), factor)))), lanes),
        );
        for (const pointer of [source, upstream, result]) f.advance(pointer, (columns % 4) * 4);
        f.advance(roots, 4);
      });
    });
    const row = start * columns * 4;
    target.call(index, [x.address + row, inverse.address + start * 4, dy.address + row, dx.address + row]);
  },
};

export const multiplyChannels: WasmKernel = {
  lower: (target, { inputs, outputs }) => {
    const [x, factors, y] = [operandAt(inputs, 0), operandAt(inputs, 1), operandAt(outputs, 0)];
    const columns = factors.size;
    const { start, length } = shareOf(y.size / columns, 1, target.share);
    if (length === 0) return;
    const index = target.module.function(`multiplyChannels ${length} ${columns}`, 3, (f) => {
      const [from, to, factor] = [f.parameter(0), f.parameter(1), f.local("i32")];
      f.repeat(length, () => {
        f.set(factor, f.parameter(2));
        forRow(f, columns, [from, to, factor], (lanes) => f.storeLanes(to, 0, f.keep(mul(load(from), load(factor))), lanes));
        f.advance(from, (columns % 4) * 4);
        f.advance(to, (columns % 4) * 4);
      });
    });
    target.call(index, [x.address + start * columns * 4, y.address + start * columns * 4, factors.address]);
  },
};
