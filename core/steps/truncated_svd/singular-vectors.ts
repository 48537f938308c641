/**
 * The first right singular vectors of sparse rows by subspace iteration with Rayleigh–Ritz (Halko, Martinsson and Tropp
 * 2011, section 4.5), from a fixed start by hashes, until what is left over is below 1e-8 of the largest: then they are
 * exact to what a prediction can show.
 */
import { eigen } from "../eigen.ts";
import { hashOfNumber } from "../murmur-hash.ts";
import { type SparseRows, timesColumns, transposedTimesColumns } from "./sparse-rows.ts";

const MORE_VECTORS = 20;
const MOST_ROUNDS = 300;
const TOLERANCE = 1e-8;
/** Multiplications between two looks at how exact the vectors are. */
const STEPS_A_ROUND = 3;

/** Memory that a row takes while vectors are looked for, beside its own numbers: a float64 a vector, before and after. */
export const bytesARow = (count: number): number => 16 * (count + MORE_VECTORS);

/** At most `count` vectors of unit length, by falling singular value; fewer where the rows have fewer directions. */
export function rightSingularVectors(rows: SparseRows, count: number): Float64Array[] {
  const kept = Math.min(count, rows.width);
  const size = Math.min(rows.width, kept + MORE_VECTORS);
  const start = (vector: number): Float64Array =>
    Float64Array.from({ length: rows.width }, (_, place) => hashOfNumber(place, vector) / 2 ** 31 - 1);
  let basis = orthonormal(Array.from({ length: size }, (_, vector) => start(vector)));
  for (let round = 0; ; round += 1) {
    for (let step = 0; step < STEPS_A_ROUND; step += 1) basis = orthonormal(transposedTimesColumns(rows, timesColumns(rows, basis)));
    const images = timesColumns(rows, basis);
    const { values, vectors } = eigen(images.map((a) => images.map((b) => dot(a, b))));
    const order = values.map((_, i) => i).sort((a, b) => (values[b] as number) - (values[a] as number));
    const turned = order.map((k) =>
      mix(
        basis,
        vectors.map((row) => row[k] as number),
      ),
    );
    const largest = values[order[0] ?? 0] ?? 0;
    const found = turned.slice(0, kept).filter((_, i) => (values[order[i] as number] as number) > largest * 1e-14);
    const leftOver = transposedTimesColumns(rows, timesColumns(rows, found)).map((next, i) => {
      const value = values[order[i] as number] as number;
      const vector = found[i] as Float64Array;
      return Math.sqrt(next.reduce((sum, number, place) => sum + (number - value * (vector[place] as number)) ** 2, 0));
    });
    if (round >= MOST_ROUNDS || leftOver.every((rest) => rest <= TOLERANCE * largest)) return found;
    basis = turned;
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

function addTimes(target: Float64Array, vector: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i += 1) target[i] = (target[i] as number) + factor * (vector[i] as number);
}

function mix(basis: readonly Float64Array[], weights: readonly number[]): Float64Array {
  const out = new Float64Array(basis[0]?.length ?? 0);
  basis.forEach((vector, i) => addTimes(out, vector, weights[i] as number));
  return out;
}

/** Gram and Schmidt, twice for exactness; a vector that the others make up already is left out. */
function orthonormal(vectors: readonly Float64Array[]): Float64Array[] {
  const made: Float64Array[] = [];
  for (const vector of vectors) {
    const next = vector.slice();
    const before = Math.sqrt(dot(next, next));
    for (let pass = 0; pass < 2; pass += 1) for (const one of made) addTimes(next, one, -dot(next, one));
    const length = Math.sqrt(dot(next, next));
    if (!(length > before * 1e-12)) continue;
    made.push(next.map((value) => value / length));
  }
  return made;
}
