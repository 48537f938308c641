/** Losses that work number by number, penalties, and their gradients. */

import { attribute } from "../../ir/op.ts";
import type { Attributes } from "../../ir/tensor.ts";
import { sigmoidBinaryCrossEntropy } from "../../losses/fused.ts";
import { lossImplementation } from "../../losses/implementations.ts";
import type { LossImplementation } from "../../losses/loss.ts";
import { rowWeight, smoothingOf } from "./cross-entropy.ts";
import { get, lastAxis, type Operand, operand, type ReferenceKernel } from "./kernel.ts";

function implementation(attributes: Attributes): LossImplementation {
  const name = attribute<string>(attributes, "function");
  return name === "sigmoid_binary_crossentropy" ? sigmoidBinaryCrossEntropy : lossImplementation(name);
}

/** Terms that a mean is taken of: rows where a row's loss is a sum, numbers otherwise. */
const countOf = ({ sumsRows }: LossImplementation, p: Operand): number =>
  sumsRows === true ? p.data.length / lastAxis(p.shape) : p.data.length;

export const elementwiseLoss: ReferenceKernel = (inputs, outputs, attributes) => {
  const loss = implementation(attributes);
  const smoothing = smoothingOf(attributes);
  const p = operand(inputs, 0).data;
  const t = operand(inputs, 1).data;
  let sum = 0;
  for (let i = 0; i < p.length; i++)
    sum += rowWeight(inputs[2], i, p.length) * loss.value(get(p, i), get(t, i) * (1 - smoothing) + smoothing / 2);
  operand(outputs, 0).data[0] = (attribute<number>(attributes, "weight") * sum) / countOf(loss, operand(inputs, 0));
};

export const elementwiseLossGradient: ReferenceKernel = (inputs, outputs, attributes) => {
  const loss = implementation(attributes);
  const smoothing = smoothingOf(attributes);
  const p = operand(inputs, 1).data;
  const t = operand(inputs, 2).data;
  const dp = operand(outputs, 0).data;
  const scale = get(operand(inputs, 0).data, 0) * attribute<number>(attributes, "weight");
  const count = countOf(loss, operand(inputs, 1));
  for (let i = 0; i < p.length; i++)
    dp[i] = (scale * rowWeight(inputs[3], i, p.length) * loss.derivative(get(p, i), get(t, i) * (1 - smoothing) + smoothing / 2)) / count;
};

export const penalty: ReferenceKernel = (inputs, outputs, attributes) => {
  const w = operand(inputs, 0).data;
  let absolute = 0;
  let squares = 0;
  for (let i = 0; i < w.length; i++) {
    absolute += Math.abs(get(w, i));
    squares += get(w, i) ** 2;
  }
  operand(outputs, 0).data[0] = attribute<number>(attributes, "l1") * absolute + attribute<number>(attributes, "l2") * squares;
};

export const penaltyGradient: ReferenceKernel = (inputs, outputs, attributes) => {
  const dLoss = get(operand(inputs, 0).data, 0);
  const w = operand(inputs, 1).data;
  const dw = operand(outputs, 0).data;
  const l1 = attribute<number>(attributes, "l1");
  const l2 = attribute<number>(attributes, "l2");
  for (let i = 0; i < w.length; i++) dw[i] = dLoss * (l1 * Math.sign(get(w, i)) + 2 * l2 * get(w, i));
};
