/** Rows of a table by index, shared among threads by rows; the gradient of the table, shared by columns, adds in the order of the indices. */
import {
  add,
  constant,
  fEqual,
  floatOfInteger,
  type Integer,
  iAdd,
  iAnd,
  iLess,
  iMul,
  integer,
  integerOfFloat,
  type Local,
  load,
  loadFloat,
  zero,
} from "../emit/expression.ts";
import type { FunctionBuilder } from "../emit/function.ts";
import { forRow } from "./rows.ts";
import { LINE, lastAxis, operandAt, shareOf, type WasmKernel } from "./target.ts";

/** The index that `pointer` points at, and whether it is a row: whole, and (as an unsigned number, a negative one is large) below `rows`. */
function rowAt(f: FunctionBuilder, pointer: Integer, rows: number): { row: Local<"i32">; isRow: Integer } {
  const row = f.keep(integerOfFloat(loadFloat(pointer)));
  return { row, isRow: iAnd(iLess(row, integer(rows)), fEqual(floatOfInteger(row), loadFloat(pointer))) };
}

export const embedding: WasmKernel = {
  lower: (target, { inputs, outputs }) => {
    const [indices, table, y] = [operandAt(inputs, 0), operandAt(inputs, 1), operandAt(outputs, 0)];
    const width = lastAxis(table.shape);
    const rows = table.size / width;
    const { start, length } = shareOf(indices.size, 1, target.share);
    if (length === 0) return;
    const index = target.module.function(`embedding ${length} ${rows} ${width}`, 3, (f) => {
      const [pointer, source, to] = [f.parameter(0), f.parameter(1), f.parameter(2)];
      const from = f.local("i32");
      f.repeat(length, () => {
        const { row, isRow } = rowAt(f, pointer, rows);
        f.when(
          isRow,
          () => {
            f.set(from, iAdd(source, iMul(row, integer(width * 4))));
            forRow(f, width, [from, to], (lanes) => f.storeLanes(to, 0, f.keep(load(from)), lanes));
          },
          () => forRow(f, width, [to], (lanes) => f.storeLanes(to, 0, f.keep(constant(Number.NaN)), lanes)),
        );
        f.advance(to, (width % 4) * 4);
        f.advance(pointer, 4);
      });
    });
    target.call(index, [indices.address + start * 4, table.address, y.address + start * width * 4]);
  },
};

export const embeddingGradient: WasmKernel = {
  lower: (target, { inputs, outputs }) => {
    const [indices, dy, table] = [operandAt(inputs, 0), operandAt(inputs, 1), operandAt(outputs, 0)];
    const width = lastAxis(table.shape);
    const rows = table.size / width;
    const { start, length } = shareOf(width, LINE, target.share);
    if (length === 0) return;
    const index = target.module.function(`embedding gradient ${indices.size} ${rows} ${width} ${length}`, 3, (f) => {
      const [pointer, gradient, sums] = [f.parameter(0), f.parameter(1), f.parameter(2)];
      const [from, to, cleared] = [f.local("i32"), f.local("i32"), f.keep(sums)];
      f.repeat(rows, () => {
        f.set(to, cleared);
        forRow(f, length, [to], (lanes) => f.storeLanes(to, 0, f.keep(zero), lanes));
        f.advance(cleared, width * 4);
      });
      f.repeat(indices.size, () => {
        const { row, isRow } = rowAt(f, pointer, rows);
        f.when(isRow, () => {
          f.set(from, gradient);
          f.set(to, iAdd(sums, iMul(row, integer(width * 4))));
          forRow(f, length, [from, to], (lanes) => f.storeLanes(to, 0, f.keep(add(load(to), load(from))), lanes));
        });
        f.advance(gradient, width * 4);
        f.advance(pointer, 4);
      });
    });
    target.call(index, [indices.address, dy.address + start * 4, table.address + start * 4]);
  },
};
