/** Linear interpolation along an axis and its gradient. Every number is one sum of known neighbours, so that threads share the rows before it. */
import { attribute } from "../../../ir/op.ts";
import { type InterpolationPhase, interpolationPhases } from "../../../ir/ops/interpolate.ts";
import { type Attributes, type Shape, sizeOf } from "../../../ir/tensor.ts";
import { constant, iAdd, integer, type Local, load, mul, multiplyAdd, type Vector } from "../emit/expression.ts";
import type { FunctionBuilder } from "../emit/function.ts";
import { forRow } from "./rows.ts";
import { type Operand, operandAt, shareOf, type Target, type WasmKernel } from "./target.ts";

type P = Local<"i32">;

/** Phases are written out, one after the other. */
const MOST_TIMES = 64;

interface Axis {
  readonly outer: number;
  readonly length: number;
  readonly inner: number;
  readonly times: number;
}

function axisOf(x: Shape, attributes: Attributes): Axis {
  const axis = attribute<number>(attributes, "axis");
  const times = attribute<number>(attributes, "times");
  return { outer: sizeOf(x.slice(0, axis)), length: x[axis] ?? 1, inner: sizeOf(x.slice(axis + 1)), times };
}

/** An entry of the axis with nothing before it, or nothing behind it. */
interface Place {
  readonly first: boolean;
  readonly last: boolean;
}

/** A number times a row, which lies this many rows from the one at hand. */
interface Term {
  readonly rows: number;
  readonly weight: number;
}

/** Of output `phase` of an entry: rows of the input. */
function forwardTerms({ shift, weight }: InterpolationPhase, { first, last }: Place): Term[] {
  const [low, high] = [first ? Math.max(0, shift) : shift, last ? Math.min(0, shift + 1) : shift + 1];
  return low === high
    ? [{ rows: low, weight: 1 }]
    : [
        { rows: low, weight: 1 - weight },
        { rows: high, weight },
      ];
}

/** Of an entry of the input: rows of the output's gradient, in their order. */
function backwardTerms(phases: readonly InterpolationPhase[], { first, last }: Place): Term[] {
  const terms: Term[] = [];
  for (const block of [-1, 0, 1]) {
    if ((block < 0 && first) || (block > 0 && last)) continue;
    phases.forEach((phase, p) => {
      // As that entry sees it: it has a neighbour where this one stands.
      const there = { first: block === 0 && first, last: block === 0 && last };
      const mine = forwardTerms(phase, there).find(({ rows }) => rows === -block);
      if (mine !== undefined && mine.weight !== 0) terms.push({ rows: block * phases.length + p, weight: mine.weight });
    });
  }
  return terms;
}

/** Writes one row of `inner` numbers as the sum of `terms`, rows around `at`. */
function writeRow(f: FunctionBuilder, inner: number, at: P, to: P, terms: readonly Term[]): void {
  const pointers = terms.map(({ rows }) => f.keep(iAdd(at, integer(rows * inner * 4))));
  forRow(f, inner, [...pointers, to], (lanes) => {
    let sum: Vector | undefined;
    terms.forEach(({ weight }, i) => {
      const value = load(pointers[i] as P);
      if (sum === undefined) sum = weight === 1 ? value : mul(value, constant(weight));
      else sum = multiplyAdd(value, constant(weight), sum);
    });
    if (sum !== undefined) f.storeLanes(to, 0, f.keep(sum), lanes);
  });
  f.advance(to, (inner % 4) * 4);
}

/** Calls `entry` for all entries of the axis, the ends by themselves. */
function forEntries(f: FunctionBuilder, length: number, entry: (place: Place) => void): void {
  if (length === 1) {
    entry({ first: true, last: true });
    return;
  }
  entry({ first: true, last: false });
  f.repeat(length - 2, () => entry({ first: false, last: false }));
  entry({ first: false, last: true });
}

function lower(
  target: Target,
  key: string,
  axis: Axis,
  from: Operand,
  to: Operand,
  entry: (f: FunctionBuilder, at: P, to: P, place: Place) => void,
): void {
  const { start, length } = shareOf(axis.outer, 1, target.share);
  if (length === 0) return;
  const index = target.module.function(`${key} ${length} ${JSON.stringify({ ...axis, outer: 0 })}`, 2, (f) => {
    const [at, written] = f.parameters as [P, P];
    f.repeat(length, () => forEntries(f, axis.length, (place) => entry(f, at, written, place)));
  });
  const bytes = (operand: Operand): number => operand.address + ((start * operand.size) / axis.outer) * 4;
  target.call(index, [bytes(from), bytes(to)]);
}

export const interpolate: WasmKernel = {
  supports: ({ attributes }) => attribute<number>(attributes, "times") <= MOST_TIMES,
  lower: (target, { inputs, outputs, attributes }) => {
    const [x, y] = [operandAt(inputs, 0), operandAt(outputs, 0)];
    const axis = axisOf(x.shape, attributes);
    const phases = interpolationPhases(axis.times);
    lower(target, "interpolate", axis, x, y, (f, at, to, place) => {
      for (const phase of phases) writeRow(f, axis.inner, at, to, forwardTerms(phase, place));
      f.advance(at, axis.inner * 4);
    });
  },
};

export const interpolateGradient: WasmKernel = {
  supports: ({ attributes }) => attribute<number>(attributes, "times") <= MOST_TIMES,
  lower: (target, { inputs, outputs, attributes }) => {
    const [dy, dx] = [operandAt(inputs, 0), operandAt(outputs, 0)];
    const axis = axisOf(dx.shape, attributes);
    const phases = interpolationPhases(axis.times);
    lower(target, "interpolate_gradient", axis, dy, dx, (f, at, to, place) => {
      writeRow(f, axis.inner, at, to, backwardTerms(phases, place));
      f.advance(at, axis.inner * axis.times * 4);
    });
  },
};
