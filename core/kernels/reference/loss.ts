/** Losses that work number by number, penalties, and their gradients. */

import { attribute } from "../../ir/op.ts";
import type { Attributes } from "../../ir/tensor.ts";
import { sigmoidBinaryCrossEntropy } from "../../losses/fused.ts";
import { lossImplementation } from "../../losses/implementations.ts";
import type { LossImplementation } from "../../losses/loss.ts";
import { get, operand, type ReferenceKernel } from "./kernel.ts";
import { rowWeight } from "./softmax.ts";

function implementation(attributes: Attributes): LossImplementation {
  const name = attribute<string>(attributes, "function");
  return name === "sigmoid_binary_crossentropy" ? sigmoidBinaryCrossEntropy : lossImplementation(name);
}

export const elementwiseLoss: ReferenceKernel = (inputs, outputs, attributes) => {
  const { value } = implementation(attributes);
  const p = operand(inputs, 0).data;
  const t = operand(inputs, 1).data;
  let sum = 0;
  for (let i = 0; i < p.length; i++) sum += rowWeight(inputs[2], i, p.length) * value(get(p, i), get(t, i));
  operand(outputs, 0).data[0] = (attribute<number>(attributes, "weight") * sum) / p.length;
};

export const elementwiseLossGradient: ReferenceKernel = (inputs, outputs, attributes) => {
  const { derivative } = implementation(attributes);
  const scale = get(operand(inputs, 0).data, 0) * attribute<number>(attributes, "weight");
  const p = operand(inputs, 1).data;
  const t = operand(inputs, 2).data;
  const dp = operand(outputs, 0).data;
  for (let i = 0; i < p.length; i++) dp[i] = (scale * rowWeight(inputs[3], i, p.length) * derivative(get(p, i), get(t, i))) / p.length;
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
