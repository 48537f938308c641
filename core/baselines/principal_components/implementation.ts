/** Components by subspace iteration over the covariance, turned at the end so that they are the eigenvectors themselves. */
import { Random } from "../../data/random.ts";
import { eigen } from "../../steps/eigen.ts";
import { type BaselineImplementation, type BaselineRows, WORK_A_YIELD } from "../baseline.ts";

const MOST_ROWS = 10_000;
const MOST_ROUNDS = 300;
const STILL = 1e-12;
/** Directions beyond those wanted: with them the wanted ones settle sooner. */
const MORE = 8;
const STREAM = 0x9ca;

export default {
  *fit(training, { width, restores }, seed) {
    const { rows } = training;
    const used = Math.min(rows, MOST_ROWS);
    const wanted = Math.min(restores?.narrowest ?? width, width);
    const means = new Float64Array(width);
    const covariance = yield* covarianceOf(training, used, width, means);
    const components = yield* leading(covariance, width, wanted, seed);
    return {
      predict: (inputs, asked) => {
        const answer = new Float64Array(asked * width);
        for (let row = 0; row < asked; row += 1) {
          answer.set(means, row * width);
          for (const component of components) {
            let score = 0;
            for (let i = 0; i < width; i += 1)
              score += (component[i] as number) * ((inputs[row * width + i] as number) - (means[i] as number));
            for (let i = 0; i < width; i += 1)
              answer[row * width + i] = (answer[row * width + i] as number) + score * (component[i] as number);
          }
        }
        return answer;
      },
      ...(used < rows ? { said: { key: "baselines.of_rows", params: { count: used, rows } } } : {}),
    };
  },
} satisfies BaselineImplementation;

/** Its scale changes no direction. @param means filled */
function* covarianceOf(
  { inputs, rows, weights }: BaselineRows,
  used: number,
  width: number,
  means: Float64Array,
): Generator<void, Float64Array> {
  const rowOf = (place: number): number => Math.floor((place * rows) / used);
  const weightOf = (row: number): number => (weights === null ? 1 : (weights[row] as number));
  let total = 0;
  for (let place = 0; place < used; place += 1) {
    const row = rowOf(place);
    total += weightOf(row);
    for (let i = 0; i < width; i += 1) means[i] = (means[i] as number) + weightOf(row) * (inputs[row * width + i] as number);
  }
  for (let i = 0; i < width; i += 1) means[i] = (means[i] as number) / total;
  const covariance = new Float64Array(width * width);
  const centred = new Float64Array(width);
  const rowsAYield = Math.max(1, Math.floor((2 * WORK_A_YIELD) / (width * width)));
  for (let place = 0; place < used; place += 1) {
    const row = rowOf(place);
    for (let i = 0; i < width; i += 1) centred[i] = (inputs[row * width + i] as number) - (means[i] as number);
    for (let i = 0; i < width; i += 1) {
      const scaled = weightOf(row) * (centred[i] as number);
      if (scaled === 0) continue;
      for (let j = 0; j <= i; j += 1) covariance[i * width + j] = (covariance[i * width + j] as number) + scaled * (centred[j] as number);
    }
    if (place % rowsAYield === rowsAYield - 1) yield;
  }
  for (let i = 0; i < width; i += 1)
    for (let j = 0; j < i; j += 1) {
      covariance[i * width + j] = (covariance[i * width + j] as number) / total;
      covariance[j * width + i] = covariance[i * width + j] as number;
    }
  for (let i = 0; i < width; i += 1) covariance[i * width + i] = (covariance[i * width + i] as number) / total;
  return covariance;
}

/** The `wanted` directions of most variance. */
function* leading(covariance: Float64Array, width: number, wanted: number, seed: number): Generator<void, Float64Array[]> {
  const random = new Random(seed, STREAM);
  let basis: Float64Array[] = Array.from({ length: Math.min(width, wanted + MORE) }, () =>
    Float64Array.from({ length: width }, () => random.normal()),
  );
  orthonormalise(basis);
  let held = 0;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const next: Float64Array[] = [];
    for (const direction of basis) {
      next.push(times(covariance, direction));
      yield;
    }
    const now = next.reduce((sum, image, k) => sum + dot(image, basis[k] as Float64Array), 0);
    orthonormalise(next);
    basis = next;
    if (Math.abs(now - held) <= STILL * Math.abs(now)) break;
    held = now;
  }
  const images = basis.map((direction) => times(covariance, direction));
  const { values, vectors } = eigen(basis.map((one) => images.map((image) => dot(one, image))));
  const order = values.map((_, k) => k).sort((a, b) => (values[b] as number) - (values[a] as number));
  return order.slice(0, wanted).map((k) => {
    const component = new Float64Array(width);
    basis.forEach((direction, place) => {
      const share = (vectors[place] as number[])[k] as number;
      for (let i = 0; i < width; i += 1) component[i] = (component[i] as number) + share * (direction[i] as number);
    });
    return component;
  });
}

function times(matrix: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length;
  return Float64Array.from({ length: size }, (_, i) => dot(matrix.subarray(i * size, (i + 1) * size), vector));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

/** In place, twice over, which is enough for rounding; a direction in which nothing varies becomes zero. */
function orthonormalise(basis: readonly Float64Array[]): void {
  basis.forEach((direction, k) => {
    const length = Math.sqrt(dot(direction, direction));
    for (let pass = 0; pass < 2; pass += 1)
      for (const before of basis.slice(0, k)) {
        const share = dot(before, direction);
        for (let i = 0; i < direction.length; i += 1) direction[i] = (direction[i] as number) - share * (before[i] as number);
      }
    const left = Math.sqrt(dot(direction, direction));
    for (let i = 0; i < direction.length; i += 1) direction[i] = left <= 1e-12 * length || left === 0 ? 0 : (direction[i] as number) / left;
  });
}
