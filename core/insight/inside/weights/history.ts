/** Histograms of the same weights at several times over one axis, so that one sees them spread, drift or stand still. */

export interface WeightsAtATime {
  readonly epoch: number;
  readonly values: ArrayLike<number>;
}

export interface WeightHistory {
  readonly epochs: readonly number[];
  readonly min: number;
  readonly max: number;
  /** By epoch, from the lowest bin up: how many weights, `counts[epoch][bin]`. */
  readonly counts: readonly (readonly number[])[];
}

/** What is not a finite number (weights that blew up) is in no bin. */
export function historyOf(times: readonly WeightsAtATime[], bins: number): WeightHistory {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { values } of times)
    for (let i = 0; i < values.length; i += 1) {
      const value = values[i] as number;
      if (!Number.isFinite(value)) continue;
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
  if (!(min <= max)) [min, max] = [0, 0];
  const counts = times.map(({ values }) => {
    const own = new Array<number>(bins).fill(0);
    for (let i = 0; i < values.length; i += 1) {
      const value = values[i] as number;
      if (!Number.isFinite(value)) continue;
      const bin = max > min ? Math.min(bins - 1, Math.floor(((value - min) / (max - min)) * bins)) : 0;
      own[bin] = (own[bin] ?? 0) + 1;
    }
    return own;
  });
  return { epochs: times.map(({ epoch }) => epoch), min, max, counts };
}

/** Every so many, first and last among them. */
export function evenly<T>(all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all;
  return Array.from({ length: most }, (_, i) => all[Math.round((i * (all.length - 1)) / (most - 1))] as T);
}
