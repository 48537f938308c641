/** Constraints, in place on one parameter: norms along rows, or down columns in blocks; formulas in core/ir/ops/constraint.ts. */
import { attribute } from "../../../ir/op.ts";
import { NORM_EPSILON, normGeometry } from "../../../ir/ops/constraint.ts";
import { add, constant, div, type Local, load, max, min, mul, multiplyAdd, splat, sqrt, type Vector, zero } from "../emit/expression.ts";
import type { FunctionBuilder } from "../emit/function.ts";
import { inColumnBlocks, sumOverRows } from "./columns.ts";
import { map } from "./map.ts";
import { forRow, loadLanes, sumOfLanes } from "./rows.ts";
import { operandAt, type WasmKernel } from "./target.ts";

type P = Local<"i32">;

/** What every number is multiplied by, from the sum of squares; null stands for unit_norm. */
function factorOf(f: FunctionBuilder, squares: Vector, limit: number | null): Vector {
  const norm = f.keep(sqrt(squares));
  return div(limit === null ? constant(1) : min(norm, constant(limit)), add(norm, constant(NORM_EPSILON)));
}

/** By thread 0: a norm comes before the scaling, and parameters with a constraint are few. */
export const constrain: WasmKernel = {
  lower: (target, { inputs, attributes }) => {
    const w = operandAt(inputs, 0);
    const kind = attribute<string>(attributes, "function");
    if (kind === "non_neg") {
      map(target, {
        key: "constrain non_neg",
        size: w.size,
        streams: [{ address: w.address, writes: true }],
        body: (_, [value]) => (value === undefined ? [] : [max(value, constant(0))]),
      });
      return;
    }
    if (target.share.index !== 0) return;
    const limit = kind === "max_norm" ? attribute<number>(attributes, "limit") : null;
    const { outer, length, inner } = normGeometry(w.shape, attribute<string>(attributes, "over"));
    const key = `constrain ${outer} ${length} ${inner} ${limit}`;
    const index = target.module.function(key, 1, (f) => {
      const [start] = f.parameters as [P];
      if (inner === 1) scaleRows(f, start, outer, length, limit);
      else scaleColumns(f, start, length, inner, limit);
    });
    target.call(index, [w.address]);
  },
};

function scaleRows(f: FunctionBuilder, start: P, rows: number, length: number, limit: number | null): void {
  const pointer = f.local("i32");
  f.repeat(rows, () => {
    const squares = f.keep(zero);
    f.set(pointer, start);
    forRow(f, length, [pointer], (lanes) => {
      const value = f.keep(loadLanes(pointer, 0, lanes));
      f.set(squares, multiplyAdd(value, value, squares));
    });
    const factor = f.keep(factorOf(f, splat(sumOfLanes(squares)), limit));
    forRow(f, length, [start], (lanes) => f.storeLanes(start, 0, f.keep(mul(load(start), factor)), lanes));
    f.advance(start, (length % 4) * 4);
  });
}

function scaleColumns(f: FunctionBuilder, start: P, rows: number, columns: number, limit: number | null): void {
  const pointer = f.local("i32");
  inColumnBlocks(f, columns, 4, [start], (lanes) => {
    f.set(pointer, start);
    const squares = sumOverRows(f, rows, lanes.length, (sums) => {
      const terms = sums.map((sum, v) => {
        const value = f.keep(load(pointer, v * 16));
        return f.keep(multiplyAdd(value, value, sum));
      });
      f.advance(pointer, columns * 4);
      return terms;
    });
    const factors = squares.map((sum) => f.keep(factorOf(f, sum, limit)));
    f.set(pointer, start);
    f.repeat(rows, () => {
      factors.forEach((factor, v) => {
        f.storeLanes(pointer, v * 16, f.keep(mul(load(pointer, v * 16), factor)), lanes[v] ?? 0);
      });
      f.advance(pointer, columns * 4);
    });
  });
}
