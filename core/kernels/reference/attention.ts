/** Attention over heads and the softmax under a mask, row by row in double precision; the table of sinusoids. */
import { dropoutKey, dropoutThreshold, mix32 } from "../../ir/dropout-bits.ts";
import { attribute } from "../../ir/op.ts";
import { attentionSizes } from "../../ir/ops/attention.ts";
import { turnOfPair } from "../../ir/ops/sinusoid.ts";
import type { Attributes } from "../../ir/tensor.ts";
import type { RunContext } from "../backend.ts";
import { get, type Numbers, operand, type ReferenceKernel } from "./kernel.ts";

/** By which weight i is multiplied: 0 where it is dropped. */
function dropoutFactor(attributes: Attributes, { step }: RunContext): (index: number) => number {
  const rate = attribute<number>(attributes, "rate");
  if (rate === 0) return () => 1;
  const key = dropoutKey(attribute<number>(attributes, "seed"), attribute<number>(attributes, "stream"), step);
  const threshold = dropoutThreshold(rate);
  const scale = Math.fround(1 / (1 - rate));
  return (index) => (mix32(index + key) < threshold ? 0 : scale);
}

/** The softmax of the scores of the keys that count; 0 for the others. */
function softmaxOfCounting(scores: Float64Array, counts: (key: number) => boolean): void {
  let top = Number.NEGATIVE_INFINITY;
  scores.forEach((score, j) => {
    if (counts(j)) top = Math.max(top, score);
  });
  let total = 0;
  scores.forEach((score, j) => {
    scores[j] = counts(j) ? Math.exp(score - top) : 0;
    total += get(scores, j);
  });
  if (total === 0) return;
  scores.forEach((value, j) => {
    scores[j] = value / total;
  });
}

/** Calls `body` for every head of every sample with where its rows of queries, keys and values begin. */
function forHeads(
  { B, H, Tq, Tk, D, Dv }: ReturnType<typeof attentionSizes>,
  body: (b: number, head: number, q: number, k: number, v: number, context: number) => void,
): void {
  for (let b = 0; b < B; b++)
    for (let h = 0; h < H; h++)
      body(b, b * H + h, b * Tq * H * D + h * D, b * Tk * H * D + h * D, b * Tk * H * Dv + h * Dv, b * Tq * H * Dv + h * Dv);
}

function dotOf(a: Numbers, from: number, b: Numbers, other: number, length: number): number {
  let sum = 0;
  for (let d = 0; d < length; d++) sum += get(a, from + d) * get(b, other + d);
  return sum;
}

export const attention: ReferenceKernel = (inputs, outputs, attributes, context) => {
  const [q, k, v] = [operand(inputs, 0), operand(inputs, 1), operand(inputs, 2)];
  const mask = inputs[3]?.data;
  const [y, weights] = [operand(outputs, 0).data, operand(outputs, 1).data];
  const sizes = attentionSizes(q.shape, k.shape, v.shape, attributes);
  const { Tq, Tk, H, D, Dv } = sizes;
  const scale = attribute<number>(attributes, "scale");
  const causal = attribute<boolean>(attributes, "causal");
  const factor = dropoutFactor(attributes, context);
  const row = new Float64Array(Tk);
  forHeads(sizes, (b, head, qAt, kAt, vAt, yAt) => {
    for (let i = 0; i < Tq; i++) {
      for (let j = 0; j < Tk; j++) row[j] = scale * dotOf(q.data, qAt + i * H * D, k.data, kAt + j * H * D, D);
      softmaxOfCounting(row, (j) => (!causal || j <= i) && (mask === undefined || get(mask, b * Tk + j) !== 0));
      const first = (head * Tq + i) * Tk;
      weights.set(row, first);
      for (let d = 0; d < Dv; d++) {
        let sum = 0;
        for (let j = 0; j < Tk; j++) sum += get(row, j) * factor(first + j) * get(v.data, vAt + j * H * Dv + d);
        y[yAt + i * H * Dv + d] = sum;
      }
    }
  });
};

export const attentionGradient: ReferenceKernel = (inputs, outputs, attributes, context) => {
  const [q, k, v] = [operand(inputs, 0), operand(inputs, 1), operand(inputs, 2)];
  const [weights, dy] = [operand(inputs, 3).data, operand(inputs, 4).data];
  const [dq, dk, dv] = [operand(outputs, 0).data, operand(outputs, 1).data, operand(outputs, 2).data];
  const sizes = attentionSizes(q.shape, k.shape, v.shape, attributes);
  const { Tq, Tk, H, D, Dv } = sizes;
  const scale = attribute<number>(attributes, "scale");
  const factor = dropoutFactor(attributes, context);
  // Sums over queries are taken in double precision and rounded once.
  const [keySums, valueSums, row] = [new Float64Array(Tk * D), new Float64Array(Tk * Dv), new Float64Array(Tk)];
  forHeads(sizes, (_, head, qAt, kAt, vAt, yAt) => {
    keySums.fill(0);
    valueSums.fill(0);
    for (let i = 0; i < Tq; i++) {
      const first = (head * Tq + i) * Tk;
      let dot = 0;
      for (let j = 0; j < Tk; j++) {
        const drop = factor(first + j);
        const weight = get(weights, first + j);
        const gradient = dotOf(dy, yAt + i * H * Dv, v.data, vAt + j * H * Dv, Dv) * drop;
        row[j] = gradient;
        dot += gradient * weight;
        for (let d = 0; d < Dv; d++) valueSums[j * Dv + d] = get(valueSums, j * Dv + d) + weight * drop * get(dy, yAt + i * H * Dv + d);
      }
      for (let j = 0; j < Tk; j++) {
        row[j] = get(weights, first + j) * (get(row, j) - dot) * scale;
        for (let d = 0; d < D; d++) keySums[j * D + d] = get(keySums, j * D + d) + get(row, j) * get(q.data, qAt + i * H * D + d);
      }
      for (let d = 0; d < D; d++) {
        let sum = 0;
        for (let j = 0; j < Tk; j++) sum += get(row, j) * get(k.data, kAt + j * H * D + d);
        dq[qAt + i * H * D + d] = sum;
      }
    }
    for (let j = 0; j < Tk; j++) {
      dk.set(keySums.subarray(j * D, (j + 1) * D), kAt + j * H * D);
      dv.set(valueSums.subarray(j * Dv, (j + 1) * Dv), vAt + j * H * Dv);
    }
  });
};

export const maskedSoftmax: ReferenceKernel = (inputs, outputs, attributes) => {
  const scores = operand(inputs, 0);
  const mask = inputs[1]?.data;
  const y = operand(outputs, 0).data;
  const [, Tq = 1, Tk = 1] = scores.shape;
  const causal = attribute<boolean>(attributes, "causal");
  const row = new Float64Array(Tk);
  for (let r = 0; r * Tk < y.length; r++) {
    row.set(scores.data.subarray(r * Tk, (r + 1) * Tk));
    softmaxOfCounting(row, (j) => (!causal || j <= r % Tq) && (mask === undefined || get(mask, Math.floor(r / Tq) * Tk + j) !== 0));
    y.set(row, r * Tk);
  }
};

export const sinusoid: ReferenceKernel = (_, outputs, attributes) => {
  const y = operand(outputs, 0).data;
  const width = attribute<number>(attributes, "width");
  for (let i = 0; i < y.length; i++) {
    const [position, channel] = [Math.floor(i / width), i % width];
    const angle = position * turnOfPair(channel >> 1, width);
    y[i] = channel % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
  }
};
