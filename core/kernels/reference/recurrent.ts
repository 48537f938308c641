/**
 * Recurrent cells over whole sequences and back, as plain loops; core/ir/ops/recurrent.ts has the axes and the order of the gates.
 * A masked step leaves the state as it is, and its gradients are zero.
 */
import { activationImplementation } from "../../activations/implementations.ts";
import {
  cellOf,
  gateActivation,
  gateCount,
  isTrue,
  type RecurrentSizes,
  recurrentGradientInputs,
  recurrentGradientOutputs,
  recurrentInputs,
  recurrentKernelGradientInputs,
  recurrentOutputs,
  recurrentSizes,
  resetsAfter,
} from "../../ir/ops/recurrent.ts";
import type { Attributes } from "../../ir/tensor.ts";
import { TINY, TINY_ROOT, zeroBelow } from "../tiny.ts";
import { get, type Numbers, operand, type ReferenceKernel } from "./kernel.ts";

/** Steps in the order in which the cell takes them, each with the one before it; −1 is the initial state. */
function steps({ T }: RecurrentSizes, attributes: Attributes): { t: number; before: number }[] {
  const order = Array.from({ length: T }, (_, i) => (isTrue(attributes, "reverse") ? T - 1 - i : i));
  return order.map((t, i) => ({ t, before: order[i - 1] ?? -1 }));
}

/** Number h of the state before step t of sample b; zero where there is no initial state. */
function previous(sequence: Numbers, initial: Numbers | undefined, { T, H }: RecurrentSizes, b: number, before: number, h: number): number {
  if (before >= 0) return get(sequence, (b * T + before) * H + h);
  return initial === undefined ? 0 : get(initial, b * H + h);
}

const isReal = (mask: Numbers | undefined, i: number): boolean => mask === undefined || get(mask, i) !== 0;

export const recurrent: ReferenceKernel = (inputs, outputs, attributes) => {
  const given = recurrentInputs(inputs, attributes);
  const made = recurrentOutputs(outputs, attributes);
  const sizes = recurrentSizes(given.projection.shape, attributes);
  const { B, T, H, GH } = sizes;
  const cell = cellOf(attributes);
  const resetAfter = resetsAfter(attributes);
  const activate = Array.from({ length: gateCount(attributes) }, (_, g) => activationImplementation(gateActivation(attributes, g)).value);
  const outer = activationImplementation(gateActivation(attributes, cell === "lstm" ? 2 : 0)).value;
  const kernel = given.kernel.data;
  const withoutVanished = zeroBelow(TINY_ROOT, made.states.data);
  const product = (state: Float64Array, column: number): number => {
    let sum = 0;
    for (let k = 0; k < H; k++) sum += get(state, k) * get(kernel, k * GH + column);
    return sum;
  };
  for (let b = 0; b < B; b++)
    for (const { t, before } of steps(sizes, attributes)) {
      const [row, gateRow] = [(b * T + t) * H, (b * T + t) * GH];
      const old = Float64Array.from({ length: H }, (_, h) => previous(made.states.data, given.initial?.data, sizes, b, before, h));
      const fed = old.map((value, h) => value * (given.dropout === undefined ? 1 : get(given.dropout.data, b * H + h)));
      made.dropped?.data.set(fed, row);
      const gates = new Float64Array(GH);
      const gate = (g: number, h: number, recurrentPart: number): void => {
        const sum = get(given.projection.data, gateRow + g * H + h) + recurrentPart;
        if (made.sums !== undefined) made.sums.data[gateRow + g * H + h] = sum;
        gates[g * H + h] = (activate[g] as (x: number) => number)(sum);
      };
      const bias = (column: number): number => (given.recurrentBias === undefined ? 0 : get(given.recurrentBias.data, column));
      if (cell === "gru") {
        for (const g of [0, 1]) for (let h = 0; h < H; h++) gate(g, h, product(fed, g * H + h) + bias(g * H + h));
        const reset = gates.slice(H, 2 * H);
        const innerStates = resetAfter ? fed : fed.map((value, h) => value * get(reset, h));
        for (let h = 0; h < H; h++) {
          const sum = product(innerStates, 2 * H + h) + (resetAfter ? bias(2 * H + h) : 0);
          if (made.inner !== undefined) made.inner.data[row + h] = resetAfter ? sum : get(innerStates, h);
          gate(2, h, resetAfter ? get(reset, h) * sum : sum);
        }
      } else for (let g = 0; g * H < GH; g++) for (let h = 0; h < H; h++) gate(g, h, product(fed, g * H + h));
      made.gates.data.set(gates, gateRow);
      const real = isReal(given.mask?.data, b * T + t);
      for (let h = 0; h < H; h++) {
        const [first, second, third, fourth] = [0, 1, 2, 3].map((g) => gates[g * H + h] ?? 0) as [number, number, number, number];
        let state = cell === "gru" ? first * get(old, h) + (1 - first) * third : first;
        if (cell !== "lstm") state = withoutVanished(state);
        if (cell === "lstm" && made.cells !== undefined) {
          const oldCell = previous(made.cells.data, given.initialCell?.data, sizes, b, before, h);
          const next = withoutVanished(second * oldCell + first * third);
          state = fourth * outer(next);
          made.cells.data[row + h] = real ? next : oldCell;
        }
        made.states.data[row + h] = real ? state : get(old, h);
      }
    }
  const last = isTrue(attributes, "reverse") ? 0 : T - 1;
  for (let b = 0; b < B; b++) {
    const row = (b * T + last) * H;
    made.final.data.set(made.states.data.subarray(row, row + H), b * H);
    if (made.cells !== undefined) made.finalCell?.data.set(made.cells.data.subarray(row, row + H), b * H);
  }
};

export const recurrentGradient: ReferenceKernel = (inputs, outputs, attributes) => {
  const given = recurrentGradientInputs(inputs, attributes);
  const made = recurrentGradientOutputs(outputs, attributes);
  const sizes = recurrentSizes(given.gates.shape, attributes);
  const { B, T, H, GH } = sizes;
  const cell = cellOf(attributes);
  const resetAfter = resetsAfter(attributes);
  const activations = Array.from({ length: gateCount(attributes) }, (_, g) => activationImplementation(gateActivation(attributes, g)));
  const outer = activationImplementation(gateActivation(attributes, cell === "lstm" ? 2 : 0));
  const transposed = given.transposed.data;
  const withoutVanished = zeroBelow(TINY, made.dInitial.data);
  for (let b = 0; b < B; b++) {
    const carried = Float64Array.from({ length: H }, (_, h) => (given.dFinal === undefined ? 0 : get(given.dFinal.data, b * H + h)));
    const carriedCell = Float64Array.from({ length: H }, (_, h) =>
      given.dFinalCell === undefined ? 0 : get(given.dFinalCell.data, b * H + h),
    );
    for (const { t, before } of steps(sizes, attributes).reverse()) {
      const [row, gateRow] = [(b * T + t) * H, (b * T + t) * GH];
      // Their gradients may be written where they lie.
      const gates = given.gates.data.slice(gateRow, gateRow + GH);
      const gate = (g: number, h: number): number => get(gates, g * H + h);
      /** Gradient through the activation of a gate, and to its place. */
      const through = (g: number, h: number, gradient: number): number => {
        const { saved, derivative } = activations[g] as (typeof activations)[number];
        const sum =
          gradient * derivative(saved === "input" && given.sums !== undefined ? get(given.sums.data, gateRow + g * H + h) : gate(g, h));
        made.dProjection.data[gateRow + g * H + h] = sum;
        return sum;
      };
      for (let h = 0; h < H; h++)
        carried[h] = withoutVanished(get(carried, h) + (given.dStates === undefined ? 0 : get(given.dStates.data, row + h)));
      if (!isReal(given.mask?.data, b * T + t)) {
        made.dProjection.data.fill(0, gateRow, gateRow + GH);
        made.dInner?.data.fill(0, row, row + H);
        continue;
      }
      const factor = (h: number): number => (given.dropout === undefined ? 1 : get(given.dropout.data, b * H + h));
      /** Gradients of the product with the state, a column each. */
      const sums = new Float64Array(GH);
      const direct = new Float64Array(H);
      const back = (h: number, from: number, to: number): number => {
        let sum = 0;
        for (let k = from; k < to; k++) sum += get(sums, k) * get(transposed, k * H + h);
        return sum;
      };
      for (let h = 0; h < H; h++) {
        const dh = get(carried, h);
        if (cell === "simple_rnn") sums[h] = through(0, h, dh);
        if (cell === "lstm" && given.cells !== undefined) {
          const now = get(given.cells.data, row + h);
          const old = previous(given.cells.data, given.initialCell?.data, sizes, b, before, h);
          const shown = outer.value(now);
          const ofState = dh * gate(3, h) * outer.derivative(outer.saved === "input" ? now : shown);
          const dc = withoutVanished(get(carriedCell, h) + ofState);
          sums[h] = through(0, h, dc * gate(2, h));
          sums[H + h] = through(1, h, dc * old);
          sums[2 * H + h] = through(2, h, dc * gate(0, h));
          sums[3 * H + h] = through(3, h, dh * shown);
          carriedCell[h] = dc * gate(1, h);
        }
        if (cell === "gru") {
          const z = gate(0, h);
          const old = previous(given.states.data, given.initial?.data, sizes, b, before, h);
          sums[h] = through(0, h, dh * (old - gate(2, h)));
          sums[2 * H + h] = through(2, h, dh * (1 - z));
          direct[h] = dh * z;
        }
      }
      if (cell === "gru" && given.inner !== undefined)
        for (let h = 0; h < H; h++) {
          const dn = get(sums, 2 * H + h);
          if (resetAfter) {
            sums[H + h] = through(1, h, dn * get(given.inner.data, row + h));
          } else {
            const fed = previous(given.states.data, given.initial?.data, sizes, b, before, h) * factor(h);
            const reset = back(h, 2 * H, GH);
            sums[H + h] = through(1, h, reset * fed);
            direct[h] = get(direct, h) + reset * gate(1, h) * factor(h);
          }
        }
      if (made.dInner !== undefined)
        for (let h = 0; h < H; h++) {
          sums[2 * H + h] = get(sums, 2 * H + h) * gate(1, h);
          made.dInner.data[row + h] = get(sums, 2 * H + h);
        }
      const columns = cell === "gru" && !resetAfter ? 2 * H : GH;
      for (let h = 0; h < H; h++) carried[h] = get(direct, h) + factor(h) * back(h, 0, columns);
    }
    made.dInitial.data.set(carried, b * H);
    made.dInitialCell?.data.set(carriedCell, b * H);
  }
};

export const recurrentKernelGradient: ReferenceKernel = (inputs, outputs, attributes) => {
  const { states, dProjection, inner, initial } = recurrentKernelGradientInputs(inputs, attributes);
  const sizes = recurrentSizes(dProjection.shape, attributes);
  const { B, H, T, GH } = sizes;
  const resetAfter = resetsAfter(attributes);
  const isDropped = isTrue(attributes, "dropout");
  const kernel = new Float64Array(H * GH);
  const sums = new Float64Array(GH);
  const innerSums = new Float64Array(H);
  for (let b = 0; b < B; b++)
    for (const { t, before } of steps(sizes, attributes)) {
      const row = (b * T + t) * H;
      for (let column = 0; column < GH; column++) {
        const isInner = inner !== undefined && column >= 2 * H;
        const projected = get(dProjection.data, (b * T + t) * GH + column);
        const gradient = isInner && resetAfter ? get(inner.data, row + column - 2 * H) : projected;
        sums[column] = get(sums, column) + projected;
        if (isInner) innerSums[column - 2 * H] = get(innerSums, column - 2 * H) + gradient;
        for (let k = 0; k < H; k++) {
          let left: number;
          if (isInner && !resetAfter) left = get(inner.data, row + k);
          else if (isDropped) left = get(states.data, row + k);
          else left = previous(states.data, initial?.data, sizes, b, before, k);
          kernel[k * GH + column] = get(kernel, k * GH + column) + left * gradient;
        }
      }
    }
  operand(outputs, 0).data.set(kernel);
  operand(outputs, 1).data.set(sums);
  outputs[2]?.data.set(innerSums);
};
