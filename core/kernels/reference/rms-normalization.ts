/** Root-mean-square normalization, the product with one number a channel, and noise; see core/ir/ops/rms-normalization.ts. */
import { dropoutKey, mix32 } from "../../ir/dropout-bits.ts";
import { attribute } from "../../ir/op.ts";
import { get, lastAxis, operand, type ReferenceKernel } from "./kernel.ts";

export const rmsNormalization: ReferenceKernel = (inputs, outputs, attributes) => {
  const x = operand(inputs, 0);
  const [y, inverse] = [operand(outputs, 0).data, operand(outputs, 1).data];
  const epsilon = attribute<number>(attributes, "epsilon");
  const C = lastAxis(x.shape);
  for (let m = 0; m < inverse.length; m++) {
    let squares = 0;
    for (let c = 0; c < C; c++) squares += get(x.data, m * C + c) ** 2;
    const root = 1 / Math.sqrt(squares / C + epsilon);
    inverse[m] = root;
    for (let c = 0; c < C; c++) y[m * C + c] = get(x.data, m * C + c) * root;
  }
};

export const rmsNormalizationGradient: ReferenceKernel = (inputs, outputs) => {
  const [x, inverse, dy] = [operand(inputs, 0), operand(inputs, 1).data, operand(inputs, 2).data];
  const dx = operand(outputs, 0).data;
  const C = lastAxis(x.shape);
  for (let m = 0; m < inverse.length; m++) {
    const root = get(inverse, m);
    let sum = 0;
    for (let c = 0; c < C; c++) sum += get(dy, m * C + c) * get(x.data, m * C + c);
    for (let c = 0; c < C; c++) dx[m * C + c] = root * (get(dy, m * C + c) - (get(x.data, m * C + c) * root * root * sum) / C);
  }
};

export const multiplyChannels: ReferenceKernel = (inputs, outputs) => {
  const [x, factors] = [operand(inputs, 0).data, operand(inputs, 1).data];
  const y = operand(outputs, 0).data;
  for (let i = 0; i < y.length; i++) y[i] = get(x, i) * get(factors, i % factors.length);
};

/** Two words an element, through Box and Muller's transform. */
export const gaussianNoise: ReferenceKernel = (inputs, outputs, attributes, { step }) => {
  const key = dropoutKey(attribute<number>(attributes, "seed"), attribute<number>(attributes, "stream"), step);
  const stddev = attribute<number>(attributes, "stddev");
  const x = operand(inputs, 0).data;
  const y = operand(outputs, 0).data;
  for (let i = 0; i < y.length; i++) {
    const radius = Math.sqrt(-2 * Math.log((mix32(2 * i + key) + 1) / 2 ** 32));
    y[i] = get(x, i) + stddev * radius * Math.cos((2 * Math.PI * mix32(2 * i + 1 + key)) / 2 ** 32);
  }
};
