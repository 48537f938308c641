/**
 * How far a tensor is from what it should be: max|a − b| / max(1e-3, max|b|), as architecture.md defines it; infinite where
 * lengths differ, or where one is not a number and the other is.
 */
export function distance(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let difference = 0;
  let largest = 1e-3;
  for (let i = 0; i < expected.length; i++) {
    const [a, b] = [actual[i] as number, expected[i] as number];
    const apart = Object.is(a, b) ? 0 : Math.abs(a - b);
    difference = Math.max(difference, Number.isNaN(apart) ? Number.POSITIVE_INFINITY : apart);
    largest = Math.max(largest, Number.isFinite(b) ? Math.abs(b) : 0);
  }
  return difference === 0 ? 0 : difference / largest;
}
