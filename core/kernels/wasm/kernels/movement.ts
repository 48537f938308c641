/** Ops that move numbers: concatenate, slice and its gradient, as runs of neighbouring floats at two strides. */
import { attribute } from "../../../ir/op.ts";
import { type Shape, sizeOf } from "../../../ir/tensor.ts";
import { load, zero } from "../emit/expression.ts";
import { forRow } from "./rows.ts";
import { operandAt, shareOf, type Target, type WasmKernel } from "./target.ts";

interface Runs {
  /** Number of runs. */
  readonly outer: number;
  /** Floats in a run; 0 bytes of source stride and `zeros` write zeros. */
  readonly run: number;
  readonly sourceStride: number;
  readonly targetStride: number;
  readonly zeros?: boolean;
}

/** Copies this thread's share of the runs. */
function moveRuns(target: Target, runs: Runs, source: number, destination: number): void {
  const { start, length } = shareOf(runs.outer, 1, target.share);
  if (length === 0 || runs.run === 0) return;
  const index = target.module.function(`move ${JSON.stringify({ ...runs, outer: length })}`, 2, (f) => {
    const [from, to] = [f.local("i32"), f.local("i32")];
    f.repeat(length, () => {
      f.set(from, f.parameter(0));
      f.set(to, f.parameter(1));
      forRow(f, runs.run, [from, to], (lanes) => f.storeLanes(to, 0, f.keep(runs.zeros === true ? zero : load(from)), lanes));
      f.advance(f.parameter(0), runs.sourceStride * 4);
      f.advance(f.parameter(1), runs.targetStride * 4);
    });
  });
  target.call(index, [source + start * runs.sourceStride * 4, destination + start * runs.targetStride * 4]);
}

const before = (shape: Shape, axis: number): number => sizeOf(shape.slice(0, axis));
const from = (shape: Shape, axis: number): number => sizeOf(shape.slice(axis));

export const concatenate: WasmKernel = {
  lower: (target, { inputs, outputs, attributes }) => {
    const axis = attribute<number>(attributes, "axis");
    const y = operandAt(outputs, 0);
    let start = 0;
    for (const x of inputs) {
      const run = from(x.shape, axis);
      moveRuns(
        target,
        { outer: before(y.shape, axis), run, sourceStride: run, targetStride: from(y.shape, axis) },
        x.address,
        y.address + start * 4,
      );
      start += run;
    }
  },
};

export const slice: WasmKernel = {
  lower: (target, { inputs, outputs, attributes }) => {
    const axis = attribute<number>(attributes, "axis");
    const [x, y] = [operandAt(inputs, 0), operandAt(outputs, 0)];
    const skipped = attribute<number>(attributes, "start") * from(x.shape, axis + 1);
    const run = from(y.shape, axis);
    moveRuns(
      target,
      { outer: before(y.shape, axis), run, sourceStride: from(x.shape, axis), targetStride: run },
      x.address + skipped * 4,
      y.address,
    );
  },
};

export const sliceGradient: WasmKernel = {
  lower: (target, { inputs, outputs, attributes }) => {
    const axis = attribute<number>(attributes, "axis");
    const [dy, dx] = [operandAt(inputs, 0), operandAt(outputs, 0)];
    const outer = before(dx.shape, axis);
    const [run, whole] = [from(dy.shape, axis), from(dx.shape, axis)];
    const skipped = attribute<number>(attributes, "start") * from(dx.shape, axis + 1);
    const zeros = (length: number, at: number): void =>
      moveRuns(target, { outer, run: length, sourceStride: 0, targetStride: whole, zeros: true }, 0, dx.address + at * 4);
    zeros(skipped, 0);
    moveRuns(target, { outer, run, sourceStride: run, targetStride: whole }, dy.address, dx.address + skipped * 4);
    zeros(whole - skipped - run, skipped + run);
  },
};
