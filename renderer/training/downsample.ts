/**
 * Thinning of a curve for drawing: the smallest and the largest of equal stretches, so that every spike stays. A stretch that
 * holds a value that was not a number keeps one of them: the gap in the line is what the person must see.
 */
/** Points drawn of one line at most. */
export const MOST_POINTS = 500;

export interface Points {
  readonly x: Float64Array;
  /** NaN where the value was not finite. */
  readonly y: Float64Array;
  /** Only the first `length` of both count. */
  readonly length: number;
}

/** Fewer than this cannot hold both ends and one stretch with a gap. */
const LEAST = 5;

/**
 * @param points in the order of x
 * @param most how many points may come out, 5 or more
 * @returns indices into the points, ascending; the first and the last point are always among them
 */
export function downsample(points: Points, most: number): readonly number[] {
  const limit = Math.max(LEAST, most);
  const { y, length } = points;
  if (length <= limit) return Array.from({ length }, (_, index) => index);
  const perStretch = hasGap(y, length) ? 3 : 2;
  const inner = length - 2;
  const stretches = Math.max(1, Math.floor((limit - 2) / perStretch));
  const kept = [0];
  for (let stretch = 0; stretch < stretches; stretch += 1) {
    const start = 1 + Math.floor((stretch * inner) / stretches);
    const end = 1 + Math.floor(((stretch + 1) * inner) / stretches);
    kept.push(...extremes(y, start, end));
  }
  kept.push(length - 1);
  return kept;
}

function hasGap(y: Float64Array, length: number): boolean {
  for (let index = 0; index < length; index += 1) if (Number.isNaN(y[index])) return true;
  return false;
}

/** Indices of the smallest, the largest and the first missing value between start and end, ascending, each once. */
function extremes(y: Float64Array, start: number, end: number): readonly number[] {
  let low = -1;
  let high = -1;
  let gap = -1;
  for (let index = start; index < end; index += 1) {
    const value = y[index] ?? Number.NaN;
    if (Number.isNaN(value)) {
      if (gap === -1) gap = index;
      continue;
    }
    if (low === -1 || value < (y[low] ?? 0)) low = index;
    if (high === -1 || value > (y[high] ?? 0)) high = index;
  }
  return [...new Set([low, high, gap])].filter((index) => index !== -1).sort((a, b) => a - b);
}
