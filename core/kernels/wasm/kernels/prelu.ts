/** The rectifier with a learned slope and its gradient, row by row; formulas in core/ir/ops/prelu.ts. */
import { constant, greater, type Local, load, mul, pseudoMin, select } from "../emit/expression.ts";
import { forRow } from "./rows.ts";
import { operandAt, shareOf, type WasmKernel } from "./target.ts";

type P = Local<"i32">;

export const prelu: WasmKernel = {
  lower: (target, { inputs, outputs }) => {
    const [x, slopes, y] = [operandAt(inputs, 0), operandAt(inputs, 1), operandAt(outputs, 0)];
    const columns = slopes.size;
    const { start, length } = shareOf(y.size / columns, 1, target.share);
    if (length === 0) return;
    const index = target.module.function(`prelu ${length} ${columns}`, 3, (f) => {
      const [from, to, first] = f.parameters as [P, P, P];
      const slope = f.local("i32");
      f.repeat(length, () => {
        f.set(slope, first);
        forRow(f, columns, [from, to, slope], (lanes) => {
          const value = f.keep(load(from));
          f.storeLanes(to, 0, f.keep(select(greater(value, constant(0)), value, mul(load(slope), value))), lanes);
        });
        for (const pointer of [from, to]) f.advance(pointer, (columns % 4) * 4);
      });
    });
    const row = start * columns * 4;
    target.call(index, [x.address + row, y.address + row, slopes.address]);
  },
};

export const preluGradient: WasmKernel = {
  lower: (target, { inputs, outputs }) => {
    const [x, slopes, dy] = [operandAt(inputs, 0), operandAt(inputs, 1), operandAt(inputs, 2)];
    const [dx, part] = [operandAt(outputs, 0), operandAt(outputs, 1)];
    const columns = slopes.size;
    const { start, length } = shareOf(dx.size / columns, 1, target.share);
    if (length === 0) return;
    const index = target.module.function(`preluGradient ${length} ${columns}`, 5, (f) => {
      const [from, upstream, to, negative, first] = f.parameters as [P, P, P, P, P];
      const slope = f.local("i32");
      f.repeat(length, () => {
        f.set(slope, first);
        forRow(f, columns, [from, upstream, to, negative, slope], (lanes) => {
          const [value, g] = [f.keep(load(from)), f.keep(load(upstream))];
          f.storeLanes(to, 0, f.keep(select(greater(value, constant(0)), g, mul(load(slope), g))), lanes);
          f.storeLanes(negative, 0, f.keep(mul(g, pseudoMin(value, constant(0)))), lanes);
        });
        for (const pointer of [from, upstream, to, negative]) f.advance(pointer, (columns % 4) * 4);
      });
    });
    const row = start * columns * 4;
    target.call(index, [x.address + row, dy.address + row, dx.address + row, part.address + row, slopes.address]);
  },
};
