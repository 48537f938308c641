/** Batch and layer normalization with their gradients; see core/ir/ops/normalization.ts for the formulas. */
import { attribute } from "../../ir/op.ts";
import { get, operand, type ReferenceKernel } from "./kernel.ts";

export const batchNormalization: ReferenceKernel = (inputs, outputs, attributes) => {
  const [x, gamma, beta, movingMean, movingVariance] = [0, 1, 2, 3, 4].map((i) => operand(inputs, i).data) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const [y, mean, inverse] = [0, 1, 2].map((i) => operand(outputs, i).data) as [Float64Array, Float64Array, Float64Array];
  const epsilon = attribute<number>(attributes, "epsilon");
  const momentum = attribute<number>(attributes, "momentum");
  const C = gamma.length;
  const M = x.length / C;
  for (let c = 0; c < C; c++) {
    let sum = 0;
    for (let m = 0; m < M; m++) sum += get(x, m * C + c);
    const average = sum / M;
    let squares = 0;
    for (let m = 0; m < M; m++) squares += (get(x, m * C + c) - average) ** 2;
    const variance = squares / M;
    const inverseDeviation = 1 / Math.sqrt(variance + epsilon);
    mean[c] = average;
    inverse[c] = inverseDeviation;
    movingMean[c] = momentum * get(movingMean, c) + (1 - momentum) * average;
    movingVariance[c] = momentum * get(movingVariance, c) + (1 - momentum) * (M > 1 ? squares / (M - 1) : variance);
    for (let m = 0; m < M; m++) y[m * C + c] = (get(x, m * C + c) - average) * inverseDeviation * get(gamma, c) + get(beta, c);
  }
};

export const batchNormalizationGradient: ReferenceKernel = (inputs, outputs) => {
  const [x, gamma, mean, inverse, dy] = [0, 1, 2, 3, 4].map((i) => operand(inputs, i).data) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const [dx, dgamma, dbeta] = [0, 1, 2].map((i) => operand(outputs, i).data) as [Float64Array, Float64Array, Float64Array];
  const C = gamma.length;
  const M = x.length / C;
  for (let c = 0; c < C; c++) {
    let sum = 0;
    let product = 0;
    for (let m = 0; m < M; m++) {
      const g = get(dy, m * C + c);
      sum += g;
      product += g * (get(x, m * C + c) - get(mean, c)) * get(inverse, c);
    }
    dbeta[c] = sum;
    dgamma[c] = product;
    const scale = get(gamma, c) * get(inverse, c);
    for (let m = 0; m < M; m++) {
      const normalized = (get(x, m * C + c) - get(mean, c)) * get(inverse, c);
      dx[m * C + c] = scale * (get(dy, m * C + c) - sum / M - (normalized * product) / M);
    }
  }
};

export const batchNormalizationInference: ReferenceKernel = (inputs, outputs, attributes) => {
  const [x, gamma, beta, mean, variance] = [0, 1, 2, 3, 4].map((i) => operand(inputs, i).data) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const y = operand(outputs, 0).data;
  const epsilon = attribute<number>(attributes, "epsilon");
  const C = gamma.length;
  for (let i = 0; i < y.length; i++) {
    const c = i % C;
    y[i] = ((get(x, i) - get(mean, c)) / Math.sqrt(get(variance, c) + epsilon)) * get(gamma, c) + get(beta, c);
  }
};

export const layerNormalization: ReferenceKernel = (inputs, outputs, attributes) => {
  const [x, gamma, beta] = [0, 1, 2].map((i) => operand(inputs, i).data) as [Float64Array, Float64Array, Float64Array];
  const [y, mean, inverse] = [0, 1, 2].map((i) => operand(outputs, i).data) as [Float64Array, Float64Array, Float64Array];
  const epsilon = attribute<number>(attributes, "epsilon");
  const C = gamma.length;
  for (let m = 0; m < mean.length; m++) {
    let sum = 0;
    for (let c = 0; c < C; c++) sum += get(x, m * C + c);
    const average = sum / C;
    let squares = 0;
    for (let c = 0; c < C; c++) squares += (get(x, m * C + c) - average) ** 2;
    const inverseDeviation = 1 / Math.sqrt(squares / C + epsilon);
    mean[m] = average;
    inverse[m] = inverseDeviation;
    for (let c = 0; c < C; c++) y[m * C + c] = (get(x, m * C + c) - average) * inverseDeviation * get(gamma, c) + get(beta, c);
  }
};

export const layerNormalizationGradient: ReferenceKernel = (inputs, outputs) => {
  const [x, gamma, mean, inverse, dy] = [0, 1, 2, 3, 4].map((i) => operand(inputs, i).data) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const [dx, dgamma, dbeta] = [0, 1, 2].map((i) => operand(outputs, i).data) as [Float64Array, Float64Array, Float64Array];
  const C = gamma.length;
  const gammaSums = new Float64Array(C);
  const betaSums = new Float64Array(C);
  for (let m = 0; m < mean.length; m++) {
    let sum = 0;
    let product = 0;
    for (let c = 0; c < C; c++) {
      const normalized = (get(x, m * C + c) - get(mean, m)) * get(inverse, m);
      const g = get(dy, m * C + c);
      gammaSums[c] = get(gammaSums, c) + g * normalized;
      betaSums[c] = get(betaSums, c) + g;
      sum += g * get(gamma, c);
      product += g * get(gamma, c) * normalized;
    }
    for (let c = 0; c < C; c++) {
      const normalized = (get(x, m * C + c) - get(mean, m)) * get(inverse, m);
      dx[m * C + c] = get(inverse, m) * (get(dy, m * C + c) * get(gamma, c) - sum / C - (normalized * product) / C);
    }
  }
  dgamma.set(gammaSums);
  dbeta.set(betaSums);
};
