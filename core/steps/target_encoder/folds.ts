/** Folds of the training rows as scikit-learn's KFold and StratifiedKFold make them; where they are drawn, by a hash of row and seed. */
import { hashOfNumber } from "../murmur-hash.ts";

/** In an order drawn by the seed; null leaves it as it is. */
function shuffled(rows: readonly number[], seed: number | null): readonly number[] {
  if (seed === null) return rows;
  // Typed arrays: an object for each of millions of rows would fill the heap.
  const keys = Float64Array.from(rows, (row) => hashOfNumber(row, seed));
  const order = Uint32Array.from(rows.keys()).sort((a, b) => (keys[a] as number) - (keys[b] as number) || a - b);
  return Array.from(order, (place) => rows[place] as number);
}

/** Fold of each row, in sizes that differ by one at most. */
export function plainFolds(rows: number, folds: number, seed: number | null): Int32Array {
  const order = shuffled(
    Array.from({ length: rows }, (_, row) => row),
    seed,
  );
  const foldOf = new Int32Array(rows);
  order.forEach((row, place) => {
    foldOf[row] = foldAt(place, rows, folds);
  });
  return foldOf;
}

/** The first `rows % folds` folds have one row more. */
function foldAt(place: number, rows: number, folds: number): number {
  const size = Math.floor(rows / folds);
  const larger = rows % folds;
  return place < larger * (size + 1) ? Math.floor(place / (size + 1)) : larger + Math.floor((place - larger * (size + 1)) / size);
}

/** Fold of each row; every class has its share in every fold. */
export function stratifiedFolds(codes: Int32Array, folds: number, seed: number | null): Int32Array {
  // Classes in the order in which they first occur, which scikit-learn numbers them by.
  const places = new Map<number, number[]>();
  codes.forEach((code, row) => {
    const rows = places.get(code);
    if (rows === undefined) places.set(code, [row]);
    else rows.push(row);
  });
  const foldOf = new Int32Array(codes.length);
  let start = 0;
  for (const rows of places.values()) {
    // Of the rows sorted by class, every folds-th goes to the same fold: so many of this class does each fold get.
    const own = Int32Array.from(rows, (_, i) => (start + i) % folds).sort();
    shuffled(rows, seed).forEach((row, i) => {
      foldOf[row] = own[i] as number;
    });
    start += rows.length;
  }
  return foldOf;
}

/**
 * Rows that may stand there more than once: copies are of one fold, else one would be encoded by its own target.
 * @returns place of each row among those that differ, and where each of these stands first
 */
export function rowsApart(rowIds: Uint32Array): { readonly placeOf: Uint32Array; readonly firstOf: Uint32Array } {
  const known = new Uint32Array(rowIds.reduce((most, id) => Math.max(most, id), 0) + 1);
  const placeOf = new Uint32Array(rowIds.length);
  const firstOf = new Uint32Array(rowIds.length);
  let count = 0;
  rowIds.forEach((id, row) => {
    if (known[id] === 0) {
      firstOf[count] = row;
      count += 1;
      known[id] = count;
    }
    placeOf[row] = (known[id] as number) - 1;
  });
  return { placeOf, firstOf: firstOf.subarray(0, count) };
}
