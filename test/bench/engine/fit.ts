/** Straight lines through measurements: how a time grows. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Least squares of y = a + b·x. */
export function lineThrough(points: readonly Point[]): { readonly slope: number; readonly start: number } {
  const mean = (of: (point: Point) => number): number => points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [x, y] = [mean((p) => p.x), mean((p) => p.y)];
  const slope = mean((p) => (p.x - x) * (p.y - y)) / mean((p) => (p.x - x) ** 2);
  return { slope, start: y - slope * x };
}

/** The k of y ≈ c·xᵏ: the slope where both axes are logarithms. 1 is linear. */
export const exponentOf = (points: readonly Point[]): number =>
  lineThrough(points.map(({ x, y }) => ({ x: Math.log(x), y: Math.log(y) }))).slope;
