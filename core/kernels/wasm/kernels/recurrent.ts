/**
 * The walk of a recurrent cell through time, forward. A thread takes its samples in blocks, each through the whole sequence: samples
 * know nothing of each other, so that threads meet only at the end, and no number depends on how many there are.
 */
import {
  cellOf,
  gateActivation,
  isTrue,
  type RecurrentInputs,
  type RecurrentOutputs,
  recurrentInputs,
  recurrentOutputs,
  recurrentSizes,
  resetsAfter,
} from "../../../ir/ops/recurrent.ts";
import type { Attributes } from "../../../ir/tensor.ts";
import { TINY_ROOT } from "../../tiny.ts";
import {
  add,
  equal,
  type Integer,
  iAdd,
  iMul,
  integer,
  type Local,
  mul,
  multiplyAdd,
  select,
  sub,
  type Vector,
  zero,
} from "../emit/expression.ts";
import type { FunctionBuilder } from "../emit/function.ts";
import { gateSigmoid, gateTanh, zeroBelow } from "../math.ts";
import { vectorActivation } from "./activation.ts";
import {
  blockRows,
  callOnRows,
  callProduct,
  type RowBlock,
  type RowVector,
  rowBlocks,
  type Stream,
  sumsAt,
  WeightPanels,
  type Weights,
} from "./recurrent-rows.ts";
import { type Operand, type PlacedInstruction, shareOf, type Target, type WasmKernel } from "./target.ts";

/** Samples of a share come in multiples of this. */
export const ROW_UNIT = 4;

export const supportsCell = ({ attributes }: PlacedInstruction, columns: number): boolean =>
  blockRows(columns) >= 1 && [0, 1, 2, 3].every((gate) => vectorActivation(gateActivation(attributes, gate)) !== undefined);

/** What nearly every cell uses, as fast as gates need it. */
const GATE_FUNCTIONS: Readonly<Record<string, typeof gateTanh>> = { tanh: gateTanh, sigmoid: gateSigmoid };

/** The function of gate `gate`, applied to a vector. */
export function activate(f: FunctionBuilder, attributes: Attributes, gate: number, value: Vector): Local<"v128"> {
  const name = gateActivation(attributes, gate);
  const apply = GATE_FUNCTIONS[name] ?? vectorActivation(name)?.value;
  if (apply === undefined) throw new Error("lowered an activation that is not supported");
  return f.keep(apply(f, f.keep(value)));
}
/** Which gate has the activation that the cell's state goes through on its way out. */
export const CANDIDATE = 2;

/** `real` where the row's step counts, `other` where it is masked; just `real` without a mask. */
export function unlessMasked(mask: RowVector | undefined, real: Vector, other: Vector): Vector {
  return mask === undefined ? real : select(equal(mask.load(), zero), other, real);
}

/** Operands at a step: their rows lie a whole sequence apart. */
export interface Sequences {
  readonly block: RowBlock;
  readonly T: number;
  readonly H: number;
  readonly attributes: Attributes;
}

/** Rows of a [B, T, width] tensor at step t. */
export const atStep = ({ T }: Sequences, base: Integer, width: number, t: Integer): Stream => ({
  at: iAdd(base, iMul(t, integer(width * 4))),
  rowBytes: T * width * 4,
});
/** Rows of a [B, width] tensor. */
export const atRow = (base: Integer, width: number): Stream => ({ at: base, rowBytes: width * 4 });
/** One number a row of a [B, T] tensor. */
export const maskAt = (s: Sequences, base: Integer | undefined, t: Integer): Stream | undefined =>
  base === undefined ? undefined : { ...atStep(s, base, 1, t), scalar: true };

/** Calls `body` for every step in the order of the walk, with the step before it; undefined for the first. */
export function forSteps(f: FunctionBuilder, T: number, reverse: boolean, body: (t: Integer, before: Integer | undefined) => void): void {
  const [first, second, end, stride] = reverse ? [T - 1, T - 2, -1, -1] : [0, 1, T, 1];
  body(integer(first), undefined);
  if (T === 1) return;
  const t = f.keep(integer(second));
  f.loopWhile(() => {
    body(t, iAdd(t, integer(-stride)));
    f.advance(t, stride);
    return iAdd(t, integer(-end));
  });
}

interface Walk extends Sequences {
  readonly f: FunctionBuilder;
  readonly given: RecurrentInputs<Integer>;
  readonly made: RecurrentOutputs<Integer>;
  readonly sums: Stream;
}

/** What a step stands on; undefined where it is all zeros. */
interface Before {
  readonly state: Stream | undefined;
  readonly cell: Stream | undefined;
  /** The state as it goes into the products. */
  readonly fed: Stream | undefined;
}

function beforeStep(w: Walk, t: Integer, before: Integer | undefined): Before {
  const { f, given, made, H } = w;
  const of = (sequence: Integer | undefined, initial: Integer | undefined): Stream | undefined => {
    if (before !== undefined) return sequence === undefined ? undefined : atStep(w, sequence, H, before);
    return initial === undefined ? undefined : atRow(initial, H);
  };
  const state = of(made.states, given.initial);
  const cell = of(made.cells, given.initialCell);
  if (made.dropped === undefined || given.dropout === undefined) return { state, cell, fed: state };
  const dropped = atStep(w, made.dropped, H, t);
  callOnRows(f, onUnits(w), "recurrent dropout", { state, factor: atRow(given.dropout, H), dropped }, (_, at) => {
    const value = at.state === undefined || at.factor === undefined ? zero : mul(at.state.load(), at.factor.load());
    at.dropped.store(value);
  });
  return { state, cell, fed: state === undefined ? undefined : dropped };
}

/** The sum of gate `gate` from the projection, the product and the bias, and the gate's value; both are stored where they are wanted. */
function gateOf(
  g: FunctionBuilder,
  { attributes, H }: Sequences,
  at: { readonly projection: RowVector; readonly gates: RowVector; readonly savedSums: RowVector | undefined },
  gate: number,
  recurrentPart: Vector | undefined,
): Local<"v128"> {
  const offset = gate * H * 4;
  const projected = at.projection.load(offset);
  const sum = g.keep(recurrentPart === undefined ? projected : add(projected, recurrentPart));
  at.savedSums?.store(sum, offset);
  const value = activate(g, attributes, gate, sum);
  at.gates.store(value, offset);
  return value;
}

/** The sum of what is there. */
const sumOf = (a: Vector | undefined, b: Vector | undefined): Vector | undefined =>
  a !== undefined && b !== undefined ? add(a, b) : (a ?? b);

/** Streams that every cell has at a step. */
function commonStreams(w: Walk, t: Integer, before: Before) {
  const { given, made, H, block } = w;
  const width = block.columns;
  return {
    projection: atStep(w, given.projection, width, t),
    gates: atStep(w, made.gates, width, t),
    savedSums: made.sums === undefined ? undefined : atStep(w, made.sums, width, t),
    state: atStep(w, made.states, H, t),
    previous: before.state,
    mask: maskAt(w, given.mask, t),
  };
}

const onUnits = (w: Walk): RowBlock => ({ ...w.block, columns: w.H });
const keyOf = (w: Walk, what: string): string =>
  `${what} ${JSON.stringify([w.attributes["activation"], w.attributes["recurrent_activation"]])}`;

function simpleStep(w: Walk, t: Integer, before: Before, kernel: Weights): void {
  const sums = before.fed === undefined ? undefined : w.sums;
  if (before.fed !== undefined) callProduct(w.f, w.block, { left: before.fed, weights: kernel, output: w.sums, start: "zero" });
  callOnRows(w.f, onUnits(w), keyOf(w, "simple_rnn step"), { ...commonStreams(w, t, before), sums }, (g, at) => {
    const value = zeroBelow(g, TINY_ROOT, gateOf(g, w, at, 0, at.sums?.load()));
    at.state.store(unlessMasked(at.mask, value, at.previous?.load() ?? zero));
  });
}

function lstmStep(w: Walk, t: Integer, before: Before, kernel: Weights): void {
  const { H, attributes, made } = w;
  const sums = before.fed === undefined ? undefined : w.sums;
  if (before.fed !== undefined) callProduct(w.f, w.block, { left: before.fed, weights: kernel, output: w.sums, start: "zero" });
  if (made.cells === undefined) throw new Error("an lstm has cells");
  const cell = atStep(w, made.cells, H, t);
  const streams = { ...commonStreams(w, t, before), sums, cell, previousCell: before.cell };
  callOnRows(w.f, onUnits(w), keyOf(w, "lstm step"), streams, (g, at) => {
    const gate = (index: number): Local<"v128"> => gateOf(g, w, at, index, at.sums?.load(index * H * 4));
    const [input, forget, candidate, output] = [gate(0), gate(1), gate(2), gate(3)];
    const old = g.keep(at.previousCell?.load() ?? zero);
    const fresh = mul(input, candidate);
    const next = g.keep(zeroBelow(g, TINY_ROOT, at.previousCell === undefined ? fresh : multiplyAdd(forget, old, fresh)));
    const shown = mul(output, activate(g, attributes, CANDIDATE, next));
    at.cell.store(unlessMasked(at.mask, next, old));
    at.state.store(unlessMasked(at.mask, shown, at.previous?.load() ?? zero));
  });
}

/** h = z∘h' + (1 − z)∘n, as n + z∘(h' − n). */
function storeMixed(
  g: FunctionBuilder,
  at: { readonly state: RowVector; readonly previous: RowVector | undefined; readonly mask: RowVector | undefined },
  update: Local<"v128">,
  candidate: Local<"v128">,
): void {
  const old = g.keep(at.previous?.load() ?? zero);
  const mixed = zeroBelow(g, TINY_ROOT, multiplyAdd(update, sub(old, candidate), candidate));
  at.state.store(unlessMasked(at.mask, mixed, old));
}

/** The gru that resets after the product: one product with all columns. */
function gruAfterStep(w: Walk, t: Integer, before: Before, kernel: Weights): void {
  const { H, given, made } = w;
  const sums = before.fed === undefined ? undefined : w.sums;
  if (before.fed !== undefined) callProduct(w.f, w.block, { left: before.fed, weights: kernel, output: w.sums, start: "zero" });
  const bias = given.recurrentBias === undefined ? undefined : { at: given.recurrentBias, rowBytes: 0 };
  if (made.inner === undefined) throw new Error("a gru has an inner product");
  const inner = atStep(w, made.inner, H, t);
  callOnRows(w.f, onUnits(w), keyOf(w, "gru step"), { ...commonStreams(w, t, before), sums, bias, inner }, (g, at) => {
    const part = (gate: number): Vector | undefined => sumOf(at.sums?.load(gate * H * 4), at.bias?.load(gate * H * 4));
    const [update, reset] = [gateOf(g, w, at, 0, part(0)), gateOf(g, w, at, 1, part(1))];
    const product = g.keep(part(2) ?? zero);
    at.inner.store(product);
    storeMixed(g, at, update, gateOf(g, w, at, 2, mul(reset, product)));
  });
}

/** The gru that resets before: the candidate's product waits for the reset gate. */
function gruBeforeStep(w: Walk, t: Integer, before: Before, gates: Weights, candidate: Weights): void {
  const { H, made } = w;
  if (made.inner === undefined) throw new Error("a gru has an inner product");
  const inner = atStep(w, made.inner, H, t);
  const wide = { ...w.sums, rowBytes: gates.columns * 4 };
  const narrow = { ...w.sums, rowBytes: H * 4 };
  const { fed } = before;
  if (fed !== undefined) callProduct(w.f, w.block, { left: fed, weights: gates, output: wide, start: "zero" });
  const sums = fed === undefined ? undefined : wide;
  callOnRows(w.f, onUnits(w), keyOf(w, "gru gates"), { ...commonStreams(w, t, before), sums, fed, inner }, (g, at) => {
    gateOf(g, w, at, 0, at.sums?.load());
    const reset = gateOf(g, w, at, 1, at.sums?.load(H * 4));
    at.inner.store(at.fed === undefined ? zero : mul(reset, at.fed.load()));
  });
  if (fed !== undefined) callProduct(w.f, w.block, { left: inner, weights: candidate, output: narrow, start: "zero" });
  const product = fed === undefined ? undefined : narrow;
  callOnRows(w.f, onUnits(w), keyOf(w, "gru mixing"), { ...commonStreams(w, t, before), sums: product }, (g, at) => {
    const value = gateOf(g, w, at, 2, at.sums?.load());
    storeMixed(g, at, g.keep(at.gates.load()), value);
  });
}

function copyRows(f: FunctionBuilder, block: RowBlock, from: Stream, to: Stream): void {
  callOnRows(f, block, "recurrent copy", { from, to }, (_, at) => {
    at.to.store(at.from.load());
  });
}

function emitWalk(w: Walk, scratch: Integer): void {
  const { f, block, given, made, H, T, attributes } = w;
  const panels = new WeightPanels(f, block.module, scratch);
  const { columns } = block;
  const isBefore = cellOf(attributes) === "gru" && !resetsAfter(attributes);
  const rowBytes = columns * 4;
  const kernel = panels.add(given.kernel, { depth: H, columns: isBefore ? 2 * H : columns, rowBytes });
  const candidate = isBefore ? panels.add(iAdd(given.kernel, integer(2 * H * 4)), { depth: H, columns: H, rowBytes }) : kernel;
  forSteps(f, T, isTrue(attributes, "reverse"), (t, before) => {
    const state = beforeStep(w, t, before);
    if (cellOf(attributes) === "simple_rnn") simpleStep(w, t, state, kernel);
    else if (cellOf(attributes) === "lstm") lstmStep(w, t, state, kernel);
    else if (isBefore) gruBeforeStep(w, t, state, kernel, candidate);
    else gruAfterStep(w, t, state, kernel);
  });
  const last = integer(isTrue(attributes, "reverse") ? 0 : T - 1);
  copyRows(f, onUnits(w), atStep(w, made.states, H, last), atRow(made.final, H));
  if (made.cells !== undefined && made.finalCell !== undefined)
    copyRows(f, onUnits(w), atStep(w, made.cells, H, last), atRow(made.finalCell, H));
}

/**
 * Calls a function of the addresses of all operands for each block of this thread's samples. Operands with a batch axis are passed
 * from the block's first sample on.
 */
export function lowerWalk(
  target: Target,
  { inputs, outputs, attributes }: PlacedInstruction,
  what: { readonly key: string; readonly B: number; readonly columns: number; readonly shared: ReadonlySet<Operand> },
  emit: (
    f: FunctionBuilder,
    rows: number,
    addresses: { inputs: readonly Integer[]; outputs: readonly Integer[]; scratch: Integer },
  ) => void,
): void {
  const { start, length } = shareOf(what.B, ROW_UNIT, target.share);
  const operands = [...inputs, ...outputs];
  const shapes = operands.map(({ shape }) => shape.slice(1));
  for (const { first, rows } of rowBlocks(start, length, blockRows(what.columns))) {
    const key = `${what.key} ${rows} ${JSON.stringify([attributes, shapes])}`;
    const index = target.module.function(key, operands.length + 1, (f) =>
      emit(f, rows, {
        inputs: f.parameters.slice(0, inputs.length),
        outputs: f.parameters.slice(inputs.length, operands.length),
        scratch: f.parameter(operands.length),
      }),
    );
    const addresses = operands.map((operand) =>
      what.shared.has(operand) ? operand.address : operand.address + ((first * operand.size) / what.B) * 4,
    );
    target.call(index, [...addresses, target.scratch]);
  }
}

export const recurrent: WasmKernel = {
  supports: (instruction) => {
    const { projection } = recurrentInputs(instruction.inputs, instruction.attributes);
    return supportsCell(instruction, recurrentSizes(projection.shape, instruction.attributes).GH);
  },
  lower: (target, instruction) => {
    const { attributes } = instruction;
    const { projection, kernel, recurrentBias } = recurrentInputs(instruction.inputs, attributes);
    const { B, T, H, GH } = recurrentSizes(projection.shape, attributes);
    const shared = new Set([kernel, ...(recurrentBias === undefined ? [] : [recurrentBias])]);
    lowerWalk(target, instruction, { key: "recurrent", B, columns: GH, shared }, (f, rows, { inputs, outputs, scratch }) => {
      const block: RowBlock = { module: target.module, rows, columns: GH };
      const given = recurrentInputs(inputs, attributes);
      const made = recurrentOutputs(outputs, attributes);
      const sums = { at: f.keep(sumsAt(scratch)), rowBytes: GH * 4 };
      emitWalk({ f, block, T, H, attributes, given, made, sums }, scratch);
    });
  },
};
