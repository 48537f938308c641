/** Ops over the steps of sequences: masks, pooling under a mask, and the flip of an axis. Samples are shared among the threads. */
import { attribute } from "../../../ir/op.ts";
import { sizeOf } from "../../../ir/tensor.ts";
import {
  add,
  and,
  andNot,
  constant,
  constantInteger,
  div,
  equal,
  type Integer,
  iAdd,
  integer,
  type Local,
  load,
  loadSplat,
  max,
  or,
  select,
  type Vector,
  xor,
  zero,
} from "../emit/expression.ts";
import type { FunctionBuilder } from "../emit/function.ts";
import { firstLanes, forRow, largestOfLanes } from "./rows.ts";
import { LINE, type Operand, operandAt, shareOf, type WasmKernel } from "./target.ts";

const sizesOf = ({ shape }: Operand): { B: number; T: number; F: number } => ({
  B: shape[0] ?? 1,
  T: shape[1] ?? 1,
  F: sizeOf(shape.slice(2)),
});
const ALL_BITS = constantInteger(-1);
/** All bits where the step counts. */
const isReal = (mask: Integer): Vector => xor(equal(loadSplat(mask), zero), ALL_BITS);

export const maskSteps: WasmKernel = {
  lower: (target, { inputs, outputs, attributes }) => {
    const [x, mask, y] = [operandAt(inputs, 0), operandAt(inputs, 1), operandAt(outputs, 0)];
    const { B, T, F } = sizesOf(x);
    const lasting = attribute<string>(attributes, "zeros") === "before_first";
    const reverse = lasting && attributes["reverse"] === true;
    const { start, length } = shareOf(B, 1, target.share);
    if (length === 0) return;
    const index = target.module.function(`maskSteps ${lasting} ${reverse} ${length} ${T} ${F}`, 3, (f) => {
      const pointers = [f.parameter(0), f.parameter(1), f.parameter(2)] as const;
      const widths = [F * 4, 4, F * 4];
      const [from, flag, to] = [f.local("i32"), f.local("i32"), f.local("i32")];
      const [a, b, kept] = [f.local("i32"), f.local("i32"), f.local("v128")];
      f.repeat(length, () => {
        [from, flag, to].forEach((local, i) => {
          f.set(local, iAdd(pointers[i] ?? local, integer(reverse ? (T - 1) * (widths[i] ?? 0) : 0)));
        });
        f.set(kept, zero);
        f.repeat(T, () => {
          f.set(kept, lasting ? or(kept, isReal(flag)) : isReal(flag));
          f.set(a, from);
          f.set(b, to);
          forRow(f, F, [a, b], (lanes) => f.storeLanes(b, 0, f.keep(and(load(a), kept)), lanes));
          [from, flag, to].forEach((local, i) => {
            f.advance(local, (reverse ? -1 : 1) * (widths[i] ?? 0));
          });
        });
        pointers.forEach((pointer, i) => {
          f.advance(pointer, T * (widths[i] ?? 0));
        });
      });
    });
    target.call(index, [x.address + start * T * F * 4, mask.address + start * T * 4, y.address + start * T * F * 4]);
  },
};

export const findSteps: WasmKernel = {
  lower: (target, { inputs, outputs, attributes }) => {
    const [x, mask] = [operandAt(inputs, 0), operandAt(outputs, 0)];
    const { F } = sizesOf(x);
    const value = attribute<number>(attributes, "value");
    const { start, length } = shareOf(mask.size, LINE, target.share);
    if (length === 0) return;
    const index = target.module.function(`findSteps ${value} ${length} ${F}`, 2, (f) => {
      const [from, to] = [f.parameter(0), f.parameter(1)];
      const found = f.local("v128");
      f.repeat(length, () => {
        f.set(found, zero);
        forRow(f, F, [from], (lanes) => {
          const differs = xor(equal(load(from), constant(value)), ALL_BITS);
          f.set(found, or(found, and(and(differs, constant(1)), firstLanes(lanes))));
        });
        f.advance(from, (F % 4) * 4);
        f.storeFloat(to, 0, largestOfLanes(found));
        f.advance(to, 4);
      });
    });
    target.call(index, [x.address + start * F * 4, mask.address + start * 4]);
  },
};

/** How many steps of the sample at `mask` count, in all lanes. */
function countSteps(f: FunctionBuilder, mask: Integer, T: number): Local<"v128"> {
  const flag = f.keep(mask);
  const count = f.keep(zero);
  f.repeat(T, () => {
    f.set(count, add(count, and(isReal(flag), constant(1))));
    f.advance(flag, 4);
  });
  return count;
}

export const poolSteps: WasmKernel = {
  lower: (target, { inputs, outputs, attributes }) => {
    const [x, mask, y] = [operandAt(inputs, 0), operandAt(inputs, 1), operandAt(outputs, 0)];
    const { B, T, F } = sizesOf(x);
    const isMaximum = attribute<string>(attributes, "function") === "maximum";
    const { start, length } = shareOf(B, 1, target.share);
    if (length === 0) return;
    const index = target.module.function(`poolSteps ${isMaximum} ${length} ${T} ${F}`, 3, (f) => {
      const [from, flags, to] = [f.parameter(0), f.parameter(1), f.parameter(2)];
      const [column, at, flag, result] = [f.local("i32"), f.local("i32"), f.local("i32"), f.local("v128")];
      f.repeat(length, () => {
        const count = countSteps(f, flags, T);
        f.set(column, from);
        forRow(f, F, [column, to], (lanes) => {
          f.set(result, isMaximum ? constant(Number.NEGATIVE_INFINITY) : zero);
          f.set(at, column);
          f.set(flag, flags);
          f.repeat(T, () => {
            const next = isMaximum ? max(result, load(at)) : add(result, load(at));
            f.set(result, select(isReal(flag), next, result));
            f.advance(at, F * 4);
            f.advance(flag, 4);
          });
          const value = isMaximum ? result : div(result, count);
          f.storeLanes(to, 0, f.keep(andNot(value, equal(count, zero))), lanes);
        });
        f.advance(to, (F % 4) * 4);
        f.advance(from, T * F * 4);
        f.advance(flags, T * 4);
      });
    });
    target.call(index, [x.address + start * T * F * 4, mask.address + start * T * 4, y.address + start * F * 4]);
  },
};

export const poolStepsGradient: WasmKernel = {
  lower: (target, { inputs, outputs, attributes }) => {
    const [x, mask, y, dy] = [operandAt(inputs, 0), operandAt(inputs, 1), operandAt(inputs, 2), operandAt(inputs, 3)];
    const dx = operandAt(outputs, 0);
    const { B, T, F } = sizesOf(x);
    const isMaximum = attribute<string>(attributes, "function") === "maximum";
    const { start, length } = shareOf(B, 1, target.share);
    if (length === 0) return;
    const index = target.module.function(`poolStepsGradient ${isMaximum} ${length} ${T} ${F}`, 5, (f) => {
      const [from, flags, output, upstream] = [f.parameter(0), f.parameter(1), f.parameter(2), f.parameter(3)];
      const to = f.parameter(4);
      const [column, at, place, flag] = [f.local("i32"), f.local("i32"), f.local("i32"), f.local("i32")];
      const [into, found, hit, share] = [f.local("i32"), f.local("v128"), f.local("v128"), f.local("v128")];
      f.repeat(length, () => {
        const count = countSteps(f, flags, T);
        f.set(column, from);
        f.set(into, to);
        forRow(f, F, [column, into, output, upstream], (lanes) => {
          f.set(share, isMaximum ? load(upstream) : div(load(upstream), count));
          f.set(found, zero);
          f.set(at, column);
          f.set(place, into);
          f.set(flag, flags);
          f.repeat(T, () => {
            f.set(hit, isReal(flag));
            if (isMaximum) {
              f.set(hit, andNot(and(hit, equal(load(at), load(output))), found));
              f.set(found, or(found, hit));
            }
            f.storeLanes(place, 0, f.keep(and(share, hit)), lanes);
            f.advance(at, F * 4);
            f.advance(place, F * 4);
            f.advance(flag, 4);
          });
        });
        f.advance(output, (F % 4) * 4);
        f.advance(upstream, (F % 4) * 4);
        f.advance(from, T * F * 4);
        f.advance(to, T * F * 4);
        f.advance(flags, T * 4);
      });
    });
    const sample = start * T * F * 4;
    const pooled = start * F * 4;
    target.call(index, [x.address + sample, mask.address + start * T * 4, y.address + pooled, dy.address + pooled, dx.address + sample]);
  },
};

export const flip: WasmKernel = {
  lower: (target, { inputs, outputs, attributes }) => {
    const [x, y] = [operandAt(inputs, 0), operandAt(outputs, 0)];
    const axis = attribute<number>(attributes, "axis");
    const length = x.shape[axis] ?? 1;
    const run = sizeOf(x.shape.slice(axis + 1));
    const { start, length: groups } = shareOf(x.size / (length * run), 1, target.share);
    if (groups === 0) return;
    const index = target.module.function(`flip ${groups} ${length} ${run}`, 2, (f) => {
      const [from, to] = [f.parameter(0), f.parameter(1)];
      const [place, at] = [f.local("i32"), f.local("i32")];
      f.repeat(groups, () => {
        f.set(place, iAdd(to, integer((length - 1) * run * 4)));
        f.repeat(length, () => {
          f.set(at, place);
          forRow(f, run, [from, at], (lanes) => f.storeLanes(at, 0, f.keep(load(from)), lanes));
          f.advance(from, (run % 4) * 4);
          f.advance(place, -run * 4);
        });
        f.advance(to, length * run * 4);
      });
    });
    const offset = start * length * run * 4;
    target.call(index, [x.address + offset, y.address + offset]);
  },
};
