/** Matrix products: y[m, o] = Σᵢ x[m, i]·W[i, o] + b[o] and its gradients. */
import { get, lastAxis, operand, type ReferenceKernel } from "./kernel.ts";

export const linear: ReferenceKernel = (inputs, outputs) => {
  const x = operand(inputs, 0).data;
  const w = operand(inputs, 1);
  const b = inputs[2]?.data;
  const y = operand(outputs, 0).data;
  const I = w.shape[0] ?? 0;
  const O = w.shape[1] ?? 0;
  const M = y.length / O;
  const sums = new Float64Array(O);
  for (let m = 0; m < M; m++) {
    for (let o = 0; o < O; o++) sums[o] = b === undefined ? 0 : get(b, o);
    for (let i = 0; i < I; i++) {
      const xi = get(x, m * I + i);
      for (let o = 0; o < O; o++) sums[o] = get(sums, o) + xi * get(w.data, i * O + o);
    }
    y.set(sums, m * O);
  }
};

export const linearInputGradient: ReferenceKernel = (inputs, outputs) => {
  const dy = operand(inputs, 0).data;
  const w = operand(inputs, 1);
  const dx = operand(outputs, 0).data;
  const I = w.shape[0] ?? 0;
  const O = w.shape[1] ?? 0;
  for (let m = 0; m < dx.length / I; m++)
    for (let i = 0; i < I; i++) {
      let sum = 0;
      for (let o = 0; o < O; o++) sum += get(dy, m * O + o) * get(w.data, i * O + o);
      dx[m * I + i] = sum;
    }
};

export const linearWeightGradient: ReferenceKernel = (inputs, outputs) => {
  const x = operand(inputs, 0);
  const dy = operand(inputs, 1);
  const dw = operand(outputs, 0).data;
  const I = lastAxis(x.shape);
  const O = lastAxis(dy.shape);
  const M = x.data.length / I;
  const sums = new Float64Array(O);
  for (let i = 0; i < I; i++) {
    sums.fill(0);
    for (let m = 0; m < M; m++) {
      const xi = get(x.data, m * I + i);
      for (let o = 0; o < O; o++) sums[o] = get(sums, o) + xi * get(dy.data, m * O + o);
    }
    dw.set(sums, i * O);
  }
};

export const biasGradient: ReferenceKernel = (inputs, outputs) => {
  const dy = operand(inputs, 0).data;
  const db = operand(outputs, 0).data;
  const sums = new Float64Array(db.length);
  for (let k = 0; k < dy.length; k++) sums[k % db.length] = get(sums, k % db.length) + get(dy, k);
  db.set(sums);
};
