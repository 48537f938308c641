/**
 * Smoothing of a curve: exponential moving average, debiased as Adam's moments are (Kingma and Ba 2015, algorithm 1) so that
 * the line does not start at zero. The same as TensorBoard's slider.
 */

/** The slider's right end: 1 would never move. */
export const MOST_SMOOTHING = 0.999;

/**
 * @param values NaN where a value was not finite; it stays NaN and does not count
 * @param weight 0 (as it is) to 0.999
 */
export function smooth(values: Float64Array, length: number, weight: number): Float64Array {
  const result = values.slice(0, length);
  if (weight <= 0) return result;
  let average = 0;
  let remaining = 1;
  for (let index = 0; index < length; index += 1) {
    const value = result[index] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    average = weight * average + (1 - weight) * value;
    remaining *= weight;
    result[index] = average / (1 - remaining);
  }
  return result;
}
