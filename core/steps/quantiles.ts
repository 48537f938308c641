/** Quantiles of the values that are there, by linear interpolation between order statistics (numpy's default, Hyndman and Fan's type 7). */

/** In order, without missing ones. */
export function sortedPresent(values: Float64Array): Float64Array {
  return values.filter((value) => !Number.isNaN(value)).sort();
}

/** @param sorted not empty; @param share from 0 to 1 */
export function quantileOf(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (high - low) * (place - below);
}
