/** How the values of a tensor are spread, counted into equal bins. Pure. */

export const WEIGHT_BINS = 40;

export interface Spread {
  readonly from: number;
  readonly to: number;
}

/** Smallest and largest finite value, and `before` where that is wider: drawn epoch after epoch, an axis that only grows stands still. */
export function spreadOf(values: readonly (number | null)[], before: Spread | null): Spread {
  let { from, to } = before ?? { from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY };
  for (const value of values) {
    if (value === null || !Number.isFinite(value)) continue;
    from = Math.min(from, value);
    to = Math.max(to, value);
  }
  return from <= to ? { from, to } : { from: 0, to: 0 };
}

/** Values a bin; what lies at the upper end counts to the last one. */
export function countBins(values: readonly (number | null)[], { from, to }: Spread, bins = WEIGHT_BINS): number[] {
  const counts = new Array<number>(bins).fill(0);
  const width = to - from;
  for (const value of values) {
    if (value === null || !Number.isFinite(value)) continue;
    const bin = width === 0 ? Math.floor(bins / 2) : Math.min(bins - 1, Math.max(0, Math.floor(((value - from) / width) * bins)));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}
