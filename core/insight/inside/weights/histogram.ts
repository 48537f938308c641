/** A histogram of many numbers: equal bins between the least and the most, with what people ask of a spread beside it. */
export interface Histogram {
  readonly counts: readonly number[];
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly deviation: number;
}

/** Of no number, and of equal numbers, all is in the first bin. */
export function histogramOf(values: ArrayLike<number>, bins: number): Histogram {
  let [min, max, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] as number;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
  }
  const count = Math.max(1, values.length);
  if (values.length === 0) [min, max] = [0, 0];
  const mean = sum / count;
  const counts = new Array<number>(bins).fill(0);
  let squares = 0;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] as number;
    squares += (value - mean) ** 2;
    const bin = max > min ? Math.min(bins - 1, Math.floor(((value - min) / (max - min)) * bins)) : 0;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { counts, min, max, mean, deviation: Math.sqrt(squares / count) };
}
