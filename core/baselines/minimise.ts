/** L-BFGS (Nocedal & Wright, Numerical Optimization, algorithm 7.5) with a line search by halving: for smooth convex sums over rows. */

/** Value at a point; its gradient is written into `gradient`. Yields, so that it can be cancelled. */
export type Objective = (point: Float64Array, gradient: Float64Array) => Generator<void, number>;

const REMEMBERED = 20;
const ENOUGH = 1e-4;
const MOST_HALVINGS = 60;

/** @param tolerance largest part of the gradient at which it ends */
export function* minimise(
  objective: Objective,
  start: Float64Array,
  { mostSteps, tolerance }: { readonly mostSteps: number; readonly tolerance: number },
): Generator<void, Float64Array> {
  let point = start.slice();
  let gradient = new Float64Array(point.length);
  let value = yield* objective(point, gradient);
  const past: { s: Float64Array; y: Float64Array; rho: number }[] = [];
  for (let step = 0; step < mostSteps && largest(gradient) > tolerance; step += 1) {
    yield;
    const direction = descent(gradient, past);
    let slope = dot(gradient, direction);
    if (!(slope < 0)) {
      past.length = 0;
      direction.forEach((_, i) => (direction[i] = -(gradient[i] as number)));
      slope = dot(gradient, direction);
    }
    let length = past.length === 0 ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
    let found = false;
    for (let halving = 0; halving < MOST_HALVINGS && !found; halving += 1) {
      const next = point.map((x, i) => x + length * (direction[i] as number));
      const nextGradient = new Float64Array(point.length);
      const nextValue = yield* objective(next, nextGradient);
      // Near the end the value no longer tells two points apart: a smaller gradient does.
      const isBetter =
        nextValue <= value + ENOUGH * length * slope ||
        (Math.abs(nextValue - value) <= 1e-12 * Math.abs(value) && largest(nextGradient) < largest(gradient));
      if (isBetter) {
        const s = next.map((x, i) => x - (point[i] as number));
        const y = nextGradient.map((g, i) => g - (gradient[i] as number));
        const curvature = dot(s, y);
        if (curvature > 0) past.push({ s, y, rho: 1 / curvature });
        if (past.length > REMEMBERED) past.shift();
        point = next;
        gradient = nextGradient;
        value = nextValue;
        found = true;
      } else length /= 2;
    }
    if (!found) break;
  }
  return point;
}

function descent(gradient: Float64Array, past: readonly { s: Float64Array; y: Float64Array; rho: number }[]): Float64Array {
  const q = gradient.slice();
  const shares = new Float64Array(past.length);
  for (let k = past.length - 1; k >= 0; k -= 1) {
    const { s, y, rho } = past[k] as (typeof past)[number];
    const share = rho * dot(s, q);
    shares[k] = share;
    q.forEach((x, i) => (q[i] = x - share * (y[i] as number)));
  }
  const last = past.at(-1);
  if (last !== undefined) {
    const scale = dot(last.s, last.y) / dot(last.y, last.y);
    q.forEach((x, i) => (q[i] = scale * x));
  }
  past.forEach(({ s, y, rho }, k) => {
    const back = rho * dot(y, q);
    q.forEach((x, i) => (q[i] = x + ((shares[k] as number) - back) * (s[i] as number)));
  });
  return q.map((x) => -x);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
const largest = (values: Float64Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
