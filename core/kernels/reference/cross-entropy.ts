/** Losses that work on rows of classes: the cross-entropies, of probabilities and of logits, and the categorical hinge. */

import { attribute } from "../../ir/op.ts";
import type { Attributes } from "../../ir/tensor.ts";
import { PROBABILITY_EPSILON } from "../../losses/loss.ts";
import { get, lastAxis, type Numbers, type Operand, operand, type ReferenceKernel } from "./kernel.ts";
import { rowSum } from "./softmax.ts";

/** Weight of row m: 1 unless weights are given (one a batch row; M may be several rows a batch row). */
export function rowWeight(weights: Operand | undefined, m: number, M: number): number {
  if (weights === undefined) return 1;
  return get(weights.data, Math.floor((m * weights.data.length) / M));
}

/** How far labels are drawn towards the middle; 0 when they are not. */
export const smoothingOf = (attributes: Attributes): number => (attributes["smoothing"] ?? 0) as number;

/** The mean of `rowLoss` over rows, each times its weight, times the loss's own. */
const meanOverRows =
  (rowLoss: (values: Numbers, row: number, K: number, index: number, smoothing: number) => number): ReferenceKernel =>
  (inputs, outputs, attributes) => {
    const values = operand(inputs, 0);
    const index = operand(inputs, 1).data;
    const K = lastAxis(values.shape);
    const smoothing = smoothingOf(attributes);
    let sum = 0;
    for (let m = 0; m < index.length; m++)
      sum += rowWeight(inputs[2], m, index.length) * rowLoss(values.data, m * K, K, get(index, m), smoothing);
    operand(outputs, 0).data[0] = (attribute<number>(attributes, "weight") * sum) / index.length;
  };

/** `rowGradient` writes a row's derivatives, already times `scale`. */
const gradientOfRows =
  (
    rowGradient: (values: Numbers, row: number, K: number, index: number, scale: number, into: Numbers, smoothing: number) => void,
  ): ReferenceKernel =>
  (inputs, outputs, attributes) => {
    const values = operand(inputs, 1);
    const index = operand(inputs, 2).data;
    const K = lastAxis(values.shape);
    const common = (get(operand(inputs, 0).data, 0) * attribute<number>(attributes, "weight")) / index.length;
    const smoothing = smoothingOf(attributes);
    for (let m = 0; m < index.length; m++) {
      const scale = common * rowWeight(inputs[3], m, index.length);
      rowGradient(values.data, m * K, K, get(index, m), scale, operand(outputs, 0).data, smoothing);
    }
  };

const within = (p: number): number => Math.min(1 - PROBABILITY_EPSILON, Math.max(PROBABILITY_EPSILON, p));

export const categoricalCrossEntropy = meanOverRows((p, row, K, index, smoothing) => {
  const loss = -Math.log(within(get(p, row + index)));
  if (smoothing === 0) return loss;
  let all = 0;
  for (let k = 0; k < K; k++) all -= Math.log(within(get(p, row + k)));
  return (1 - smoothing) * loss + (smoothing / K) * all;
});

export const categoricalCrossEntropyGradient = gradientOfRows((p, row, K, index, scale, dp, smoothing) => {
  for (let k = 0; k < K; k++) {
    const probability = get(p, row + k);
    const target = (k === index ? 1 - smoothing : 0) + smoothing / K;
    dp[row + k] = target !== 0 && probability === within(probability) ? (-scale * target) / probability : 0;
  }
});

export const softmaxCrossEntropy = meanOverRows((z, row, K, index, smoothing) => {
  const { top, total } = rowSum(z, row, K);
  if (smoothing === 0) return top + Math.log(total) - get(z, row + index);
  let below = 0;
  for (let k = 0; k < K; k++) below += top - get(z, row + k);
  return Math.log(total) + (1 - smoothing) * (top - get(z, row + index)) + (smoothing / K) * below;
});

export const softmaxCrossEntropyGradient = gradientOfRows((z, row, K, index, scale, dz, smoothing) => {
  const { top, total } = rowSum(z, row, K);
  for (let k = 0; k < K; k++) {
    const target = (k === index ? 1 - smoothing : 0) + smoothing / K;
    dz[row + k] = scale * (Math.exp(get(z, row + k) - top) / total - target);
  }
});

/** The first largest of (1 − t)·z: 0 at the class itself. */
function rival(z: Numbers, row: number, K: number, index: number): { place: number; score: number } {
  let place = -1;
  let score = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < K; k++) {
    const value = k === index ? 0 : get(z, row + k);
    if (value > score) [place, score] = [k, value];
  }
  return { place, score };
}

export const categoricalHinge = meanOverRows((z, row, K, index) => Math.max(0, 1 + rival(z, row, K, index).score - get(z, row + index)));

export const categoricalHingeGradient = gradientOfRows((z, row, K, index, scale, dz) => {
  const { place, score } = rival(z, row, K, index);
  const misses = 1 + score - get(z, row + index) > 0;
  for (let k = 0; k < K; k++) dz[row + k] = misses ? scale * ((k === place && k !== index ? 1 : 0) - (k === index ? 1 : 0)) : 0;
});
