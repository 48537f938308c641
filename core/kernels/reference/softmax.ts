/** Softmax over rows, its logarithm, and their gradients. */

import { get, lastAxis, type Numbers, operand, type ReferenceKernel } from "./kernel.ts";

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
export function rowSum(z: Numbers, row: number, K: number): { top: number; total: number } {
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
