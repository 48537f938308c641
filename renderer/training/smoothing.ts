/**
 * Smoothing of a curve: exponential moving average, debiased as Adam's moments are (Kingma and Ba 2015, algorithm 1) so that
 * the line does not start at zero. The same as TensorBoard's slider.
 */

/** The slider's right end: 1 would never move. */
export const MOST_SMOOTHING = 0.999;

/**
 * @param values NaN where a value was not finite; it stays NaN and does not count
 * @param weight 0 (as it is) to 0.999
 * @param counts of how many points each is the mean: those of more move the average more. Left out: each of as many
 */
export function smooth(values: Float64Array, length: number, weight: number, counts?: Float64Array): Float64Array {
  const result = values.slice(0, length);
  if (weight <= 0) return result;
  const usual = counts === undefined ? 1 : usualCount(counts, length);
  let average = 0;
  let remaining = 1;
  for (let index = 0; index < length; index += 1) {
    const value = result[index] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    const share = counts === undefined ? 1 : (counts[index] ?? 0) / usual;
    const left = share === 1 ? weight : weight ** share;
    average = left * average + (1 - left) * value;
    remaining *= left;
    if (remaining < 1) result[index] = average / (1 - remaining);
  }
  return result;
}

/** In the mean of the points that stand for any. */
function usualCount(counts: Float64Array, length: number): number {
  let [sum, points] = [0, 0];
  for (let index = 0; index < length; index += 1) {
    const count = counts[index] ?? 0;
    sum += count;
    if (count > 0) points += 1;
  }
  return points === 0 ? 1 : sum / points;
}
