/** Bayesian ridge regression as scikit-learn's BayesianRidge with its defaults (MacKay 1992): precisions of noise and weights are found from the data. */
import { eigen } from "../eigen.ts";

export interface RidgeModel {
  readonly weights: readonly number[];
  readonly intercept: number;
}

const HYPER = 1e-6;
const TOLERANCE = 1e-3;
const MOST_ROUNDS = 300;

/** @param inputs columns of the rows to learn from, without missing values */
export function bayesianRidge(inputs: readonly Float64Array[], target: Float64Array): RidgeModel {
  const rows = target.length;
  const means = inputs.map(mean);
  const targetMean = mean(target);
  const columns = inputs.map((values, i) => values.map((value) => value - (means[i] as number)));
  const y = target.map((value) => value - targetMean);
  const { values, vectors } = eigen(columns.map((a) => columns.map((b) => dot(a, b))));
  // Rounding makes what is 0 a little less; with fewer rows than columns the others are 0 too.
  const spread = values.map((value) => Math.max(0, value));
  const projected = values.map((_, k) => columns.reduce((sum, column, i) => sum + (vectors[i]?.[k] as number) * dot(column, y), 0));
  const total = dot(y, y);
  let noise = 1 / (total / rows + Number.EPSILON);
  let shrink = 1;
  const inBasis = (): number[] => projected.map((value, k) => (value === 0 ? 0 : value / ((spread[k] as number) + shrink / noise)));
  let old: number[] | null = null;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const basis = inBasis();
    const weights = turned(basis, vectors);
    const error = squaredError(columns, y, weights);
    const effective = spread.reduce((sum, value) => sum + (noise * value) / (shrink + noise * value), 0);
    shrink = (effective + 2 * HYPER) / (weights.reduce((sum, weight) => sum + weight * weight, 0) + 2 * HYPER);
    noise = (rows - effective + 2 * HYPER) / (error + 2 * HYPER);
    if (old !== null && weights.reduce((sum, weight, i) => sum + Math.abs(weight - (old?.[i] as number)), 0) < TOLERANCE) break;
    old = weights;
  }
  const weights = turned(inBasis(), vectors);
  return { weights, intercept: targetMean - weights.reduce((sum, weight, i) => sum + weight * (means[i] as number), 0) };
}

const turned = (basis: readonly number[], vectors: readonly (readonly number[])[]): number[] =>
  vectors.map((row) => row.reduce((sum, part, k) => sum + part * (basis[k] as number), 0));

function squaredError(columns: readonly Float64Array[], y: Float64Array, weights: readonly number[]): number {
  let sum = 0;
  for (let row = 0; row < y.length; row += 1) {
    let rest = y[row] as number;
    for (let i = 0; i < weights.length; i += 1) rest -= (weights[i] as number) * ((columns[i] as Float64Array)[row] as number);
    sum += rest * rest;
  }
  return sum;
}

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
