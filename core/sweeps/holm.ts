/** Several comparisons at once: of twenty that are all chance one would pass 0.05. Holm's step-down correction (Holm, 1979). */

/** @param p of each comparison, null where there is none @returns corrected, in the same order; never smaller than before, at most 1 */
export function holm(p: readonly (number | null)[]): (number | null)[] {
  const known = p.flatMap((value, place) => (value === null ? [] : [{ value, place }])).sort((a, b) => a.value - b.value);
  const corrected: (number | null)[] = p.map(() => null);
  let least = 0;
  known.forEach(({ value, place }, rank) => {
    least = Math.max(least, Math.min(1, value * (known.length - rank)));
    corrected[place] = least;
  });
  return corrected;
}
