/** Least squares over centred columns by Cholesky's decomposition, then one correction by its residuals. */
import { type BaselineImplementation, type BaselineRows, WORK_A_YIELD } from "../baseline.ts";

/** A column of which less than this share is left, once the columns before it are taken out, says nothing of its own. */
const SAME = 1e-10;

export default {
  *fit(training, { width }) {
    const { inputs, targets, rows } = training;
    const weights = weightsOf(training);
    const means = columnMeans(inputs, weights, rows, width);
    const gram = new Float64Array(width * width);
    const rowsAYield = Math.max(1, Math.floor((2 * WORK_A_YIELD) / (width * width)));
    const centred = new Float64Array(width);
    for (let row = 0; row < rows; row += 1) {
      centre(inputs, row, means, centred);
      const weight = weights[row] as number;
      for (let i = 0; i < width; i += 1) {
        const scaled = weight * (centred[i] as number);
        if (scaled === 0) continue;
        for (let j = 0; j <= i; j += 1) gram[i * width + j] = (gram[i * width + j] as number) + scaled * (centred[j] as number);
      }
      if (row % rowsAYield === rowsAYield - 1) yield;
    }
    const factor = decompose(gram, width);
    yield;
    let total = 0;
    let targetMean = 0;
    for (let row = 0; row < rows; row += 1) {
      total += weights[row] as number;
      targetMean += (weights[row] as number) * (targets[row] as number);
    }
    targetMean /= total;
    const coefficients = new Float64Array(width);
    const residuals = Float64Array.from({ length: rows }, (_, row) => (targets[row] as number) - targetMean);
    for (let pass = 0; pass < 2; pass += 1) {
      const right = new Float64Array(width);
      for (let row = 0; row < rows; row += 1) {
        centre(inputs, row, means, centred);
        const share = (weights[row] as number) * (residuals[row] as number);
        for (let i = 0; i < width; i += 1) right[i] = (right[i] as number) + share * (centred[i] as number);
      }
      const change = solve(factor, right, width);
      for (let i = 0; i < width; i += 1) coefficients[i] = (coefficients[i] as number) + (change[i] as number);
      for (let row = 0; row < rows; row += 1) {
        centre(inputs, row, means, centred);
        residuals[row] = (residuals[row] as number) - dot(change, centred);
      }
      yield;
    }
    return {
      coefficients: [coefficients],
      predict: (given, count) =>
        Float64Array.from({ length: count }, (_, row) => {
          let sum = targetMean;
          for (let i = 0; i < width; i += 1)
            sum += (coefficients[i] as number) * ((given[row * width + i] as number) - (means[i] as number));
          return sum;
        }),
    };
  },
} satisfies BaselineImplementation;

function weightsOf({ weights, rows }: BaselineRows): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => (weights === null ? 1 : (weights[row] as number)));
}

function columnMeans(inputs: ArrayLike<number>, weights: Float64Array, rows: number, width: number): Float64Array {
  const sums = new Float64Array(width);
  let total = 0;
  for (let row = 0; row < rows; row += 1) {
    const weight = weights[row] as number;
    total += weight;
    for (let i = 0; i < width; i += 1) sums[i] = (sums[i] as number) + weight * (inputs[row * width + i] as number);
  }
  return sums.map((sum) => sum / total);
}

function centre(inputs: ArrayLike<number>, row: number, means: Float64Array, out: Float64Array): void {
  const start = row * means.length;
  for (let i = 0; i < means.length; i += 1) out[i] = (inputs[start + i] as number) - (means[i] as number);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

/** Lower triangle L with L·Lᵀ = gram; the row of a column that adds nothing is zero. */
function decompose(gram: Float64Array, width: number): Float64Array {
  const lower = new Float64Array(width * width);
  for (let i = 0; i < width; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = gram[i * width + j] as number;
      for (let k = 0; k < j; k += 1) sum -= (lower[i * width + k] as number) * (lower[j * width + k] as number);
      if (i === j) lower[i * width + i] = sum > SAME * (gram[i * width + i] as number) ? Math.sqrt(sum) : 0;
      else lower[i * width + j] = lower[j * width + j] === 0 ? 0 : sum / (lower[j * width + j] as number);
    }
  }
  return lower;
}

function solve(lower: Float64Array, right: Float64Array, width: number): Float64Array {
  const y = new Float64Array(width);
  for (let i = 0; i < width; i += 1) {
    const pivot = lower[i * width + i] as number;
    let sum = right[i] as number;
    for (let k = 0; k < i; k += 1) sum -= (lower[i * width + k] as number) * (y[k] as number);
    y[i] = pivot === 0 ? 0 : sum / pivot;
  }
  for (let i = width - 1; i >= 0; i -= 1) {
    const pivot = lower[i * width + i] as number;
    let sum = y[i] as number;
    for (let k = i + 1; k < width; k += 1) sum -= (lower[k * width + i] as number) * (y[k] as number);
    y[i] = pivot === 0 ? 0 : sum / pivot;
  }
  return y;
}
