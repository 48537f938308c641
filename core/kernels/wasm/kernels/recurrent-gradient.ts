/**
 * The walk of a recurrent cell back through time. `dInitial` and `dInitialCell` carry the gradients of the state from step to step
 * and end as what their names say; samples are taken in blocks, as forward.
 */
import { activationImplementation } from "../../../activations/implementations.ts";
import {
  cellOf,
  gateActivation,
  isTrue,
  type RecurrentGradientInputs,
  type RecurrentGradientOutputs,
  recurrentGradientInputs,
  recurrentGradientOutputs,
  recurrentSizes,
  resetsAfter,
} from "../../../ir/ops/recurrent.ts";
import type { Attributes } from "../../../ir/tensor.ts";
import { TINY } from "../../tiny.ts";
import { add, constant, type Integer, iAdd, integer, type Local, mul, multiplyAdd, sub, type Vector, zero } from "../emit/expression.ts";
import type { FunctionBuilder } from "../emit/function.ts";
import { zeroBelow } from "../math.ts";
import { vectorActivation } from "./activation.ts";
import { activate, atRow, atStep, CANDIDATE, lowerWalk, maskAt, type Sequences, supportsCell, unlessMasked } from "./recurrent.ts";
import {
  callOnRows,
  callProduct,
  type RowBlock,
  type RowVector,
  type Stream,
  sumsAt,
  WeightPanels,
  type Weights,
} from "./recurrent-rows.ts";
import type { WasmKernel } from "./target.ts";

interface Walk extends Sequences {
  readonly f: FunctionBuilder;
  readonly given: RecurrentGradientInputs<Integer>;
  readonly made: RecurrentGradientOutputs<Integer>;
  /** [rows, H] of scratch. */
  readonly sums: Stream;
}

function need<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the backward walk misses ${what}`);
  return value;
}

/** Numbers of the step before: of the sequence, of the initial state, or nothing. */
function beforeStep(w: Walk, sequence: Integer | undefined, initial: Integer | undefined, before: Integer | undefined): Stream | undefined {
  if (before !== undefined) return sequence === undefined ? undefined : atStep(w, sequence, w.H, before);
  return initial === undefined ? undefined : atRow(initial, w.H);
}

function streamsOf(w: Walk, t: Integer) {
  const { given, made, H, block } = w;
  const width = block.columns;
  const sequence = (base: Integer | undefined): Stream | undefined => (base === undefined ? undefined : atStep(w, base, H, t));
  return {
    gates: atStep(w, given.gates, width, t),
    savedSums: given.sums === undefined ? undefined : atStep(w, given.sums, width, t),
    dProjection: atStep(w, made.dProjection, width, t),
    carried: atRow(made.dInitial, H),
    dState: sequence(given.dStates),
    mask: maskAt(w, given.mask, t),
    inner: sequence(given.inner),
    dInner: sequence(made.dInner),
    factor: given.dropout === undefined ? undefined : atRow(given.dropout, H),
  };
}

const onUnits = (w: Walk): RowBlock => ({ ...w.block, columns: w.H });
const keyOf = (w: Walk, what: string): string =>
  `${what} ${JSON.stringify([w.attributes["activation"], w.attributes["recurrent_activation"]])}`;

/** What flows into the state of this step, from the loss and from the steps after it: nothing where it has vanished. */
function incoming(g: FunctionBuilder, at: { readonly carried: RowVector; readonly dState: RowVector | undefined }): Local<"v128"> {
  const carried = at.carried.load();
  return g.keep(zeroBelow(g, TINY, at.dState === undefined ? carried : add(carried, at.dState.load())));
}

interface Activated {
  readonly gates: RowVector;
  readonly savedSums: RowVector | undefined;
  readonly dProjection: RowVector;
  readonly mask: RowVector | undefined;
}

/** `gradient` taken through the activation of gate `gate`, stored where it belongs and given back; zero where the step is masked. */
function through(g: FunctionBuilder, w: Walk, at: Activated, gate: number, gradient: Vector): Local<"v128"> {
  const name = gateActivation(w.attributes, gate);
  const offset = gate * w.H * 4;
  const saved = activationImplementation(name).saved === "input" ? need(at.savedSums, "sums") : at.gates;
  const vector = need(vectorActivation(name), name).gradient(g, g.keep(saved.load(offset)), g.keep(gradient));
  const result = g.keep(unlessMasked(at.mask, vector, zero));
  at.dProjection.store(result, offset);
  return result;
}

/**
 * carried = (what it holds, where `held`) + dropout ∘ (gradients · weights): several products, one after the other, where the
 * gradients lie apart.
 */
function carryOn(w: Walk, held: boolean, products: readonly { readonly left: Stream; readonly weights: Weights }[]): void {
  const { f, block, given, made, H } = w;
  const carried = atRow(made.dInitial, H);
  const isDropped = given.dropout !== undefined;
  products.forEach(({ left, weights }, i) => {
    const start = i > 0 || (held && !isDropped) ? "accumulate" : "zero";
    callProduct(f, block, { left, weights, output: isDropped ? w.sums : carried, start });
  });
  if (given.dropout === undefined) return;
  const streams = { carried, sums: w.sums, factor: atRow(given.dropout, H) };
  callOnRows(f, onUnits(w), `recurrent dropout back ${held}`, streams, (_, at) => {
    const [sums, factor] = [at.sums.load(), at.factor.load()];
    at.carried.store(held ? multiplyAdd(sums, factor, at.carried.load()) : mul(sums, factor));
  });
}

function simpleStep(w: Walk, t: Integer, kernel: Weights): void {
  const isMasked = w.given.mask !== undefined;
  const streams = streamsOf(w, t);
  callOnRows(w.f, onUnits(w), keyOf(w, "simple_rnn step back"), streams, (g, at) => {
    const state = incoming(g, at);
    through(g, w, at, 0, state);
    if (isMasked) at.carried.store(unlessMasked(at.mask, zero, state));
  });
  carryOn(w, isMasked, [{ left: streams.dProjection, weights: kernel }]);
}

function lstmStep(w: Walk, t: Integer, before: Integer | undefined, kernel: Weights): void {
  const { H, given, made, attributes } = w;
  const isMasked = given.mask !== undefined;
  const outer = gateActivation(attributes, CANDIDATE);
  const readsInput = activationImplementation(outer).saved === "input";
  const common = streamsOf(w, t);
  const streams = {
    ...common,
    cell: atStep(w, need(given.cells, "cells"), H, t),
    previousCell: beforeStep(w, given.cells, given.initialCell, before),
    carriedCell: atRow(need(made.dInitialCell, "the cell's gradient"), H),
  };
  callOnRows(w.f, onUnits(w), keyOf(w, "lstm step back"), streams, (g, at) => {
    const gate = (index: number): Vector => at.gates.load(index * H * 4);
    const state = incoming(g, at);
    const cell = g.keep(at.cell.load());
    const shown = activate(g, attributes, CANDIDATE, cell);
    const old = g.keep(at.carriedCell.load());
    const ofState = need(vectorActivation(outer), outer).gradient(g, readsInput ? cell : shown, g.keep(mul(state, gate(3))));
    const dCell = g.keep(zeroBelow(g, TINY, add(old, ofState)));
    through(g, w, at, 0, mul(dCell, gate(2)));
    through(g, w, at, 1, at.previousCell === undefined ? zero : mul(dCell, at.previousCell.load()));
    through(g, w, at, 2, mul(dCell, gate(0)));
    through(g, w, at, 3, mul(state, shown));
    at.carriedCell.store(unlessMasked(at.mask, mul(dCell, gate(1)), old));
    if (isMasked) at.carried.store(unlessMasked(at.mask, zero, state));
  });
  carryOn(w, isMasked, [{ left: common.dProjection, weights: kernel }]);
}

/** Update gate and candidate of a gru: they do not need to know when it resets. Gives the candidate's gradient. */
function mixingBack(
  g: FunctionBuilder,
  w: Walk,
  at: Activated & { readonly carried: RowVector; readonly dState: RowVector | undefined; readonly previous: RowVector | undefined },
): Local<"v128"> {
  const state = incoming(g, at);
  const update = g.keep(at.gates.load());
  const old = at.previous?.load() ?? zero;
  through(g, w, at, 0, mul(state, sub(old, at.gates.load(2 * w.H * 4))));
  const candidate = through(g, w, at, 2, mul(state, sub(constant(1), update)));
  at.carried.store(unlessMasked(at.mask, mul(state, update), state));
  return candidate;
}

function gruAfterStep(w: Walk, t: Integer, before: Integer | undefined, gates: Weights, candidate: Weights): void {
  const { H, given } = w;
  const common = streamsOf(w, t);
  const streams = { ...common, previous: beforeStep(w, given.states, given.initial, before) };
  callOnRows(w.f, onUnits(w), keyOf(w, "gru step back"), streams, (g, at) => {
    const dCandidate = mixingBack(g, w, at);
    through(g, w, at, 1, mul(dCandidate, need(at.inner, "the inner product").load()));
    need(at.dInner, "the inner gradient").store(mul(dCandidate, at.gates.load(H * 4)));
  });
  const dInner = need(common.dInner, "the inner gradient");
  carryOn(w, true, [
    { left: common.dProjection, weights: gates },
    { left: dInner, weights: candidate },
  ]);
}

function gruBeforeStep(w: Walk, t: Integer, before: Integer | undefined, gates: Weights, candidate: Weights): void {
  const { H, given, f } = w;
  const common = streamsOf(w, t);
  const previous = beforeStep(w, given.states, given.initial, before);
  callOnRows(f, onUnits(w), keyOf(w, "gru mixing back"), { ...common, previous }, (g, at) => {
    mixingBack(g, w, at);
  });
  const ofCandidate = { ...common.dProjection, at: iAdd(common.dProjection.at, integer(2 * H * 4)) };
  callProduct(f, w.block, { left: ofCandidate, weights: candidate, output: w.sums, start: "zero" });
  callOnRows(f, onUnits(w), keyOf(w, "gru reset back"), { ...common, previous, sums: w.sums }, (g, at) => {
    const ofReset = g.keep(at.sums.load());
    const factor = at.factor === undefined ? undefined : g.keep(at.factor.load());
    const scaled = (value: Vector): Vector => (factor === undefined ? value : mul(value, factor));
    through(g, w, at, 1, at.previous === undefined ? zero : mul(ofReset, scaled(at.previous.load())));
    const onward = mul(ofReset, scaled(at.gates.load(H * 4)));
    at.carried.store(add(at.carried.load(), onward));
  });
  carryOn(w, true, [{ left: common.dProjection, weights: gates }]);
}

/** The gradient of a final state, or zero, as what the walk begins with. */
function begin(w: Walk, from: Integer | undefined, to: Integer): void {
  const streams = { from: from === undefined ? undefined : atRow(from, w.H), to: atRow(to, w.H) };
  callOnRows(w.f, onUnits(w), "recurrent begin back", streams, (_, at) => {
    at.to.store(at.from?.load() ?? zero);
  });
}

function emitWalk(w: Walk, scratch: Integer): void {
  const { f, block, given, made, H, T, attributes } = w;
  const cell = cellOf(attributes);
  const panels = new WeightPanels(f, block.module, scratch);
  const weights = (first: number, depth: number): Weights =>
    panels.add(iAdd(given.transposed, integer(first * H * 4)), { depth, columns: H, rowBytes: H * 4 });
  const kernel = weights(0, cell === "gru" ? 2 * H : block.columns);
  const candidate = cell === "gru" ? weights(2 * H, H) : kernel;
  begin(w, given.dFinal, made.dInitial);
  if (made.dInitialCell !== undefined) begin(w, given.dFinalCell, made.dInitialCell);
  forStepsBack(f, T, isTrue(attributes, "reverse"), (t, before) => {
    if (cell === "simple_rnn") simpleStep(w, t, kernel);
    else if (cell === "lstm") lstmStep(w, t, before, kernel);
    else if (resetsAfter(attributes)) gruAfterStep(w, t, before, kernel, candidate);
    else gruBeforeStep(w, t, before, kernel, candidate);
  });
}

/** Calls `body` for every step from the last of the forward walk to its first, with the step before it in that walk. */
function forStepsBack(f: FunctionBuilder, T: number, reverse: boolean, body: (t: Integer, before: Integer | undefined) => void): void {
  const stride = reverse ? 1 : -1;
  const first = reverse ? T - 1 : 0;
  if (T > 1) {
    const t = f.keep(integer(reverse ? 0 : T - 1));
    f.loopWhile(() => {
      body(t, iAdd(t, integer(stride)));
      f.advance(t, stride);
      return iAdd(t, integer(-first));
    });
  }
  body(integer(first), undefined);
}

export const recurrentGradient: WasmKernel = {
  supports: (instruction) => {
    const { gates } = recurrentGradientInputs(instruction.inputs, instruction.attributes);
    return supportsCell(instruction, recurrentSizes(gates.shape, instruction.attributes).GH);
  },
  lower: (target, instruction) => {
    const attributes: Attributes = instruction.attributes;
    const { gates, transposed } = recurrentGradientInputs(instruction.inputs, attributes);
    const { B, T, H, GH } = recurrentSizes(gates.shape, attributes);
    const shared = new Set([transposed]);
    lowerWalk(target, instruction, { key: "recurrent back", B, columns: GH, shared }, (f, rows, { inputs, outputs, scratch }) => {
      const block: RowBlock = { module: target.module, rows, columns: GH };
      const given = recurrentGradientInputs(inputs, attributes);
      const made = recurrentGradientOutputs(outputs, attributes);
      const sums = { at: f.keep(sumsAt(scratch)), rowBytes: H * 4 };
      emitWalk({ f, block, T, H, attributes, given, made, sums }, scratch);
    });
  },
};
