/**
 * The least that numbers may be in float32 which shrink from step to step: gradients on their way back through time, states of a cell
 * that nothing feeds, the moments of an optimizer. Below it they are taken for zero. They would end as denormal numbers otherwise (below
 * 2⁻¹²⁶), with which processors compute a hundred times more slowly, and which a factor over a half never makes zero. float64 is not touched.
 */
export const TINY = 2 ** -100;

/** Of what is squared on its way (states by the gates, gradients by Adam): a thousandth of the square is still normal. */
export const TINY_ROOT = 2 ** -58;
/** Of means of squares: the least normal number, because an epsilon is compared with their root. */
export const TINY_SQUARE = 2 ** -126;

/** What takes numbers below the limit for zero where `data` is in float32. NaN stays. */
export const zeroBelow = (limit: number, data: Float32Array | Float64Array): ((value: number) => number) =>
  data instanceof Float32Array ? (value) => (Math.abs(value) < limit ? 0 : value) : (value) => value;
