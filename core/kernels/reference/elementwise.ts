/** Number-by-number kernels: activations, dropout, add, fill, copy; and the moving of slices. */
import { activationImplementation } from "../../activations/implementations.ts";
import { dropoutKey, dropoutThreshold, mix32 } from "../../ir/dropout-bits.ts";
import { attribute } from "../../ir/op.ts";
import { sizeOf } from "../../ir/tensor.ts";
import { get, operand, type ReferenceKernel } from "./kernel.ts";

export const unary: ReferenceKernel = (inputs, outputs, attributes) => {
  const { value } = activationImplementation(attribute<string>(attributes, "function"));
  const x = operand(inputs, 0).data;
  const y = operand(outputs, 0).data;
  for (let i = 0; i < y.length; i++) y[i] = value(get(x, i));
};

export const unaryGradient: ReferenceKernel = (inputs, outputs, attributes) => {
  const { derivative } = activationImplementation(attribute<string>(attributes, "function"));
  const saved = operand(inputs, 0).data;
  const dy = operand(inputs, 1).data;
  const dx = operand(outputs, 0).data;
  for (let i = 0; i < dx.length; i++) dx[i] = get(dy, i) * derivative(get(saved, i));
};

export const dropout: ReferenceKernel = (inputs, outputs, attributes, { step }) => {
  const rate = attribute<number>(attributes, "rate");
  const key = dropoutKey(attribute<number>(attributes, "seed"), attribute<number>(attributes, "stream"), step);
  const threshold = dropoutThreshold(rate);
  const scale = Math.fround(1 / (1 - rate));
  const x = operand(inputs, 0).data;
  const y = operand(outputs, 0).data;
  for (let i = 0; i < y.length; i++) y[i] = mix32(i + key) < threshold ? 0 : get(x, i) * scale;
};

export const add: ReferenceKernel = (inputs, outputs) => {
  const y = operand(outputs, 0).data;
  for (let i = 0; i < y.length; i++) {
    let sum = get(operand(inputs, 0).data, i);
    for (let k = 1; k < inputs.length; k++) sum += get(operand(inputs, k).data, i);
    y[i] = sum;
  }
};

export const fill: ReferenceKernel = (_, outputs, attributes) => {
  operand(outputs, 0).data.fill(attribute<number>(attributes, "value"));
};

export const copy: ReferenceKernel = (inputs, outputs) => {
  operand(outputs, 0).data.set(operand(inputs, 0).data);
};

/** Reshape shares storage: nothing to do. */
export const reshape: ReferenceKernel = () => {};

/** Sizes before and from `axis` on: an array is `outer` runs of `run` numbers. */
function runs(shape: readonly number[], axis: number): { outer: number; run: number } {
  return { outer: sizeOf(shape.slice(0, axis)), run: sizeOf(shape.slice(axis)) };
}

export const concatenate: ReferenceKernel = (inputs, outputs, attributes) => {
  const axis = attribute<number>(attributes, "axis");
  const y = operand(outputs, 0);
  const to = runs(y.shape, axis);
  let start = 0;
  for (const input of inputs) {
    const { run } = runs(input.shape, axis);
    for (let o = 0; o < to.outer; o++) y.data.set(input.data.subarray(o * run, (o + 1) * run), o * to.run + start);
    start += run;
  }
};

export const slice: ReferenceKernel = (inputs, outputs, attributes) => {
  const axis = attribute<number>(attributes, "axis");
  const x = operand(inputs, 0);
  const y = operand(outputs, 0);
  const from = runs(x.shape, axis);
  const to = runs(y.shape, axis);
  const start = attribute<number>(attributes, "start") * sizeOf(x.shape.slice(axis + 1));
  for (let o = 0; o < to.outer; o++) y.data.set(x.data.subarray(o * from.run + start, o * from.run + start + to.run), o * to.run);
};

export const sliceGradient: ReferenceKernel = (inputs, outputs, attributes) => {
  const axis = attribute<number>(attributes, "axis");
  const dy = operand(inputs, 0);
  const dx = operand(outputs, 0);
  const from = runs(dy.shape, axis);
  const to = runs(dx.shape, axis);
  const start = attribute<number>(attributes, "start") * sizeOf(dx.shape.slice(axis + 1));
  dx.data.fill(0);
  for (let o = 0; o < to.outer; o++) dx.data.set(dy.data.subarray(o * from.run, (o + 1) * from.run), o * to.run + start);
};
