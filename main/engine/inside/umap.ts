/**
 * Vectors in a plane by UMAP (McInnes, Healy, Melville 2018): neighbours stay neighbours, and how far apart groups lie says little. The
 * layout is umap-js's; the neighbours are found exactly, and all that is drawn by lot comes from one seed, so that the same vectors give
 * the same picture.
 */
import { UMAP } from "umap-js";
import { Random } from "../../../core/data/random.ts";
import { AppError } from "../../../core/errors.ts";

/** As umap-learn's own defaults. */
export const NEIGHBOURS = 15;
const MIN_DISTANCE = 0.1;
const SEED = 1;
/** Fewer have no neighbourhoods to keep. */
const FEWEST = 4;
/** Of the work that finding neighbours is, as against laying out: what progress counts. */
const SEARCH_SHARE = 0.25;

export interface UmapProgress {
  readonly done: number;
  readonly total: number;
}

/**
 * In small steps, so that whoever runs it can stop, or do something else between.
 * @param values `[vectors, width]`
 * @returns `[vectors, 2]`
 * @throws AppError inside.umap_too_few, inside.umap_not_finite
 */
export function* umapPlane(values: Float32Array, width: number): Generator<UmapProgress, Float32Array> {
  const count = values.length / width;
  if (count < FEWEST) throw new AppError("inside.umap_too_few", { count, fewest: FEWEST });
  if (!values.every(Number.isFinite)) throw new AppError("inside.umap_not_finite");
  const vectors = Array.from({ length: count }, (_, row) => Array.from(values.subarray(row * width, (row + 1) * width)));
  const nNeighbors = Math.min(NEIGHBOURS, count - 1);
  const random = new Random(SEED);
  const umap = new UMAP({ nComponents: 2, nNeighbors, minDist: MIN_DISTANCE, random: () => random.float() });
  const [indices, distances]: [number[][], number[][]] = [[], []];
  for (let row = 0; row < count; row += 1) {
    const near = nearest(values, width, row, nNeighbors);
    indices.push(near.map(({ index }) => index));
    distances.push(near.map(({ distance }) => distance));
    yield { done: SEARCH_SHARE * (row / count), total: 1 };
  }
  umap.setPrecomputedKNN(indices, distances);
  const epochs = umap.initializeFit(vectors);
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    umap.step();
    yield { done: SEARCH_SHARE + (1 - SEARCH_SHARE) * ((epoch + 1) / epochs), total: 1 };
  }
  return Float32Array.from(umap.getEmbedding().flat());
}

interface Near {
  readonly index: number;
  readonly distance: number;
}

/** The nearest vectors of one, itself the first; of equally near ones those that come first. */
function nearest(values: Float32Array, width: number, row: number, count: number): readonly Near[] {
  const found: Near[] = [];
  const last = (): number => found[count - 1]?.distance ?? Number.POSITIVE_INFINITY;
  for (let index = 0; index < values.length / width; index += 1) {
    // Itself comes before those that are equal to it.
    const distance = index === row ? -1 : between(values, width, row, index);
    if (distance >= last()) continue;
    let place = found.length;
    while (place > 0 && (found[place - 1] as Near).distance > distance) place -= 1;
    found.splice(place, 0, { index, distance });
    if (found.length > count) found.pop();
  }
  return found.map(({ index, distance }) => ({ index, distance: Math.max(0, distance) }));
}

function between(values: Float32Array, width: number, a: number, b: number): number {
  let sum = 0;
  for (let place = 0; place < width; place += 1)
    sum += ((values[a * width + place] as number) - (values[b * width + place] as number)) ** 2;
  return Math.sqrt(sum);
}
