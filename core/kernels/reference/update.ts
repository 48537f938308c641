/** Optimizer updates and clipping, in place over blocks; formulas in core/optimizers. */
import { attribute } from "../../ir/op.ts";
import { AVERAGE_MOMENTUM } from "../../optimizers/optimizer.ts";
import { TINY, TINY_ROOT, TINY_SQUARE, zeroBelow } from "../tiny.ts";
import { get, type Numbers, operand, type ReferenceKernel } from "./kernel.ts";

/** A moment as it is kept, and the mean of squares with one more: without what would become denormal (tiny.ts). */
function momentsIn(data: Numbers) {
  const moment = zeroBelow(TINY, data);
  const counted = zeroBelow(TINY_ROOT, data);
  const square = zeroBelow(TINY_SQUARE, data);
  const meanSquare = (old: number, rho: number, g: number): number => square(rho * old + (1 - rho) * counted(g) ** 2);
  return { moment, counted, meanSquare };
}

export const sgdUpdate: ReferenceKernel = (inputs, _, attributes) => {
  const p = operand(inputs, 0).data;
  const g = operand(inputs, 1).data;
  const learningRate = get(operand(inputs, 2).data, 0);
  const velocity = inputs[3]?.data;
  const momentum = attribute<number>(attributes, "momentum");
  const nesterov = attribute<boolean>(attributes, "nesterov");
  const { moment } = momentsIn(p);
  for (let i = 0; i < p.length; i++) {
    let step = get(g, i);
    if (velocity !== undefined) {
      velocity[i] = moment(momentum * get(velocity, i) + step);
      step = nesterov ? step + momentum * get(velocity, i) : get(velocity, i);
    }
    p[i] = get(p, i) - learningRate * step;
  }
};

export const adamUpdate: ReferenceKernel = (inputs, _, attributes) => {
  const [p, g, hyper, m, v] = [0, 1, 2, 3, 4].map((i) => operand(inputs, i).data) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const stepSize = get(hyper, 0);
  const correction = get(hyper, 1);
  const beta1 = attribute<number>(attributes, "beta_1");
  const beta2 = attribute<number>(attributes, "beta_2");
  const epsilon = attribute<number>(attributes, "epsilon");
  const decay = attributes["decays"] === true ? get(hyper, 2) : 1;
  const largest = inputs[5]?.data;
  const { moment, meanSquare } = momentsIn(p);
  for (let i = 0; i < p.length; i++) {
    const gi = get(g, i);
    m[i] = moment(beta1 * get(m, i) + (1 - beta1) * gi);
    v[i] = meanSquare(get(v, i), beta2, gi);
    if (largest !== undefined) largest[i] = Math.max(get(largest, i), get(v, i));
    p[i] = decay * get(p, i) - (stepSize * get(m, i)) / (Math.sqrt(get(largest ?? v, i)) / correction + epsilon);
  }
};

export const nadamUpdate: ReferenceKernel = (inputs, _, attributes) => {
  const [p, g, hyper, m, v] = [0, 1, 2, 3, 4].map((i) => operand(inputs, i).data) as [Numbers, Numbers, Numbers, Numbers, Numbers];
  const ofGradient = get(hyper, 0);
  const ofMoment = get(hyper, 1);
  const correction = get(hyper, 2);
  const beta1 = attribute<number>(attributes, "beta_1");
  const beta2 = attribute<number>(attributes, "beta_2");
  const epsilon = attribute<number>(attributes, "epsilon");
  const { moment, meanSquare } = momentsIn(p);
  for (let i = 0; i < p.length; i++) {
    const gi = get(g, i);
    m[i] = moment(beta1 * get(m, i) + (1 - beta1) * gi);
    v[i] = meanSquare(get(v, i), beta2, gi);
    p[i] = get(p, i) - (ofGradient * gi + ofMoment * get(m, i)) / (Math.sqrt(get(v, i)) / correction + epsilon);
  }
};

export const adadeltaUpdate: ReferenceKernel = (inputs, _, attributes) => {
  const [p, g, hyper, s, u] = [0, 1, 2, 3, 4].map((i) => operand(inputs, i).data) as [Numbers, Numbers, Numbers, Numbers, Numbers];
  const learningRate = get(hyper, 0);
  const rho = attribute<number>(attributes, "rho");
  const epsilon = attribute<number>(attributes, "epsilon");
  const { meanSquare } = momentsIn(p);
  for (let i = 0; i < p.length; i++) {
    const gi = get(g, i);
    s[i] = meanSquare(get(s, i), rho, gi);
    const step = (Math.sqrt(get(u, i) + epsilon) / Math.sqrt(get(s, i) + epsilon)) * gi;
    u[i] = meanSquare(get(u, i), rho, step);
    p[i] = get(p, i) - learningRate * step;
  }
};

export const rmspropUpdate: ReferenceKernel = (inputs, _, attributes) => {
  const [p, g, hyper, s] = [0, 1, 2, 3].map((i) => operand(inputs, i).data) as [Float64Array, Float64Array, Float64Array, Float64Array];
  const velocity = inputs[4]?.data;
  const learningRate = get(hyper, 0);
  const rho = attribute<number>(attributes, "rho");
  const momentum = attribute<number>(attributes, "momentum");
  const epsilon = attribute<number>(attributes, "epsilon");
  const { moment, meanSquare } = momentsIn(p);
  for (let i = 0; i < p.length; i++) {
    const gi = get(g, i);
    s[i] = meanSquare(get(s, i), rho, gi);
    let step = gi / (Math.sqrt(get(s, i)) + epsilon);
    if (velocity !== undefined) {
      velocity[i] = moment(momentum * get(velocity, i) + step);
      step = get(velocity, i);
    }
    p[i] = get(p, i) - learningRate * step;
  }
};

export const adagradUpdate: ReferenceKernel = (inputs, _, attributes) => {
  const [p, g, hyper, s] = [0, 1, 2, 3].map((i) => operand(inputs, i).data) as [Float64Array, Float64Array, Float64Array, Float64Array];
  const learningRate = get(hyper, 0);
  const epsilon = attribute<number>(attributes, "epsilon");
  const { counted } = momentsIn(p);
  for (let i = 0; i < p.length; i++) {
    const gi = get(g, i);
    s[i] = get(s, i) + counted(gi) ** 2;
    p[i] = get(p, i) - (learningRate * gi) / (Math.sqrt(get(s, i)) + epsilon);
  }
};

export const clipByValue: ReferenceKernel = (inputs, _, attributes) => {
  const g = operand(inputs, 0).data;
  const limit = attribute<number>(attributes, "limit");
  for (let i = 0; i < g.length; i++) g[i] = Math.min(limit, Math.max(-limit, get(g, i)));
};

export const clipByNorm: ReferenceKernel = (inputs, _, attributes) => {
  const g = operand(inputs, 0).data;
  const limit = attribute<number>(attributes, "limit");
  let squares = 0;
  for (let i = 0; i < g.length; i++) squares += get(g, i) ** 2;
  const norm = Math.sqrt(squares);
  if (!(norm > limit)) return;
  const scale = limit / norm;
  for (let i = 0; i < g.length; i++) g[i] = get(g, i) * scale;
};

export const averageUpdate: ReferenceKernel = (inputs) => {
  const [p, hyper, average] = [0, 1, 2].map((i) => operand(inputs, i).data) as [Numbers, Numbers, Numbers];
  const momentum = get(hyper, AVERAGE_MOMENTUM);
  const { moment } = momentsIn(p);
  for (let i = 0; i < p.length; i++) average[i] = moment(momentum * get(average, i) + (1 - momentum) * get(p, i));
};
