/** Softmax over rows and the cross-entropies that work on rows. */

import { attribute } from "../../ir/op.ts";
import { PROBABILITY_EPSILON } from "../../losses/loss.ts";
import { get, lastAxis, type Numbers, type Operand, operand, type ReferenceKernel } from "./kernel.ts";

export const softmax: ReferenceKernel = (inputs, outputs) => {
  const x = operand(inputs, 0);
  const y = operand(outputs, 0).data;
  const K = lastAxis(x.shape);
  for (let row = 0; row < y.length; row += K) {
    const { top, total } = rowSum(x.data, row, K);
    for (let k = 0; k < K; k++) y[row + k] = Math.exp(get(x.data, row + k) - top) / total;
  }
};

/** The largest of a row and Σ exp(z − largest). */
function rowSum(z: Numbers, row: number, K: number): { top: number; total: number } {
  let top = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < K; k++) top = Math.max(top, get(z, row + k));
  let total = 0;
  for (let k = 0; k < K; k++) total += Math.exp(get(z, row + k) - top);
  return { top, total };
}

export const softmaxGradient: ReferenceKernel = (inputs, outputs) => {
  const y = operand(inputs, 0);
  const dy = operand(inputs, 1).data;
  const dx = operand(outputs, 0).data;
  const K = lastAxis(y.shape);
  for (let row = 0; row < dx.length; row += K) {
    let dot = 0;
    for (let k = 0; k < K; k++) dot += get(y.data, row + k) * get(dy, row + k);
    for (let k = 0; k < K; k++) dx[row + k] = get(y.data, row + k) * (get(dy, row + k) - dot);
  }
};

export const logSoftmax: ReferenceKernel = (inputs, outputs) => {
  const x = operand(inputs, 0);
  const y = operand(outputs, 0).data;
  const K = lastAxis(x.shape);
  for (let row = 0; row < y.length; row += K) {
    const { top, total } = rowSum(x.data, row, K);
    const logarithm = Math.log(total);
    for (let k = 0; k < K; k++) y[row + k] = get(x.data, row + k) - top - logarithm;
  }
};

export const logSoftmaxGradient: ReferenceKernel = (inputs, outputs) => {
  const y = operand(inputs, 0);
  const dy = operand(inputs, 1).data;
  const dx = operand(outputs, 0).data;
  const K = lastAxis(y.shape);
  for (let row = 0; row < dx.length; row += K) {
    let sum = 0;
    for (let k = 0; k < K; k++) sum += get(dy, row + k);
    for (let k = 0; k < K; k++) dx[row + k] = get(dy, row + k) - Math.exp(get(y.data, row + k)) * sum;
  }
};

/** Weight of row m: 1 unless weights are given (one a batch row; M may be several rows a batch row). */
export function rowWeight(weights: Operand | undefined, m: number, M: number): number {
  if (weights === undefined) return 1;
  return get(weights.data, Math.floor((m * weights.data.length) / M));
}

export const categoricalCrossEntropy: ReferenceKernel = (inputs, outputs, attributes) => {
  const p = operand(inputs, 0);
  const index = operand(inputs, 1).data;
  const K = lastAxis(p.shape);
  let sum = 0;
  for (let m = 0; m < index.length; m++)
    sum -= rowWeight(inputs[2], m, index.length) * Math.log(within(get(p.data, m * K + get(index, m))));
  operand(outputs, 0).data[0] = (attribute<number>(attributes, "weight") * sum) / index.length;
};

const within = (p: number): number => Math.min(1 - PROBABILITY_EPSILON, Math.max(PROBABILITY_EPSILON, p));

export const categoricalCrossEntropyGradient: ReferenceKernel = (inputs, outputs, attributes) => {
  const dLoss = get(operand(inputs, 0).data, 0);
  const p = operand(inputs, 1);
  const index = operand(inputs, 2).data;
  const dp = operand(outputs, 0).data;
  const K = lastAxis(p.shape);
  const scale = (dLoss * attribute<number>(attributes, "weight")) / index.length;
  dp.fill(0);
  for (let m = 0; m < index.length; m++) {
    const at = m * K + get(index, m);
    const probability = get(p.data, at);
    dp[at] = probability === within(probability) ? (-scale * rowWeight(inputs[3], m, index.length)) / probability : 0;
  }
};

export const softmaxCrossEntropy: ReferenceKernel = (inputs, outputs, attributes) => {
  const z = operand(inputs, 0);
  const index = operand(inputs, 1).data;
  const K = lastAxis(z.shape);
  let sum = 0;
  for (let m = 0; m < index.length; m++) {
    const { top, total } = rowSum(z.data, m * K, K);
    sum += rowWeight(inputs[2], m, index.length) * (top + Math.log(total) - get(z.data, m * K + get(index, m)));
  }
  operand(outputs, 0).data[0] = (attribute<number>(attributes, "weight") * sum) / index.length;
};

export const softmaxCrossEntropyGradient: ReferenceKernel = (inputs, outputs, attributes) => {
  const dLoss = get(operand(inputs, 0).data, 0);
  const z = operand(inputs, 1);
  const index = operand(inputs, 2).data;
  const dz = operand(outputs, 0).data;
  const K = lastAxis(z.shape);
  for (let m = 0; m < index.length; m++) {
    const scale = (dLoss * attribute<number>(attributes, "weight") * rowWeight(inputs[3], m, index.length)) / index.length;
    const { top, total } = rowSum(z.data, m * K, K);
    for (let k = 0; k < K; k++) dz[m * K + k] = scale * (Math.exp(get(z.data, m * K + k) - top) / total - (k === get(index, m) ? 1 : 0));
  }
};
