/** Rows of which only what is not zero is looked at: a bag of ten thousand words has some twenty in a row. */

export interface SparseRows {
  readonly width: number;
  /** Where each row begins in `places`; one more at the end. */
  readonly starts: Uint32Array;
  readonly places: Uint32Array;
  readonly values: Float32Array;
}

/** @param values rows of `width` numbers */
export function sparseRows(values: Float32Array, width: number): SparseRows {
  const rows = width === 0 ? 0 : values.length / width;
  const count = values.reduce((sum, value) => sum + (value === 0 ? 0 : 1), 0);
  const made = { width, starts: new Uint32Array(rows + 1), places: new Uint32Array(count), values: new Float32Array(count) };
  let next = 0;
  for (let row = 0; row < rows; row += 1) {
    for (let place = 0; place < width; place += 1) {
      const value = values[row * width + place] as number;
      if (value === 0) continue;
      made.places[next] = place;
      made.values[next] = value;
      next += 1;
    }
    made.starts[row + 1] = next;
  }
  return made;
}

/** A · v for each vector. */
export function timesColumns(rows: SparseRows, vectors: readonly Float64Array[]): Float64Array[] {
  const { starts, places, values } = rows;
  return vectors.map((vector) => {
    const out = new Float64Array(starts.length - 1);
    for (let row = 0; row < out.length; row += 1) {
      let sum = 0;
      for (let i = starts[row] as number; i < (starts[row + 1] as number); i += 1)
        sum += (values[i] as number) * (vector[places[i] as number] as number);
      out[row] = sum;
    }
    return out;
  });
}

/** Aᵀ · v for each vector. */
export function transposedTimesColumns(rows: SparseRows, vectors: readonly Float64Array[]): Float64Array[] {
  const { starts, places, values, width } = rows;
  return vectors.map((vector) => {
    const out = new Float64Array(width);
    for (let row = 0; row < vector.length; row += 1) {
      const factor = vector[row] as number;
      for (let i = starts[row] as number; i < (starts[row + 1] as number); i += 1) {
        const place = places[i] as number;
        out[place] = (out[place] as number) + (values[i] as number) * factor;
      }
    }
    return out;
  });
}
