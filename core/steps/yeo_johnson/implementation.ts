/**
 * Yeo–Johnson power transform (Yeo and Johnson 2000), as scikit-learn's PowerTransformer: λ maximises the likelihood of a
 * normal distribution, then mean 0 and deviation 1. λ is found by golden section and parabolas (Brent 1973).
 */
import { columnByColumn, numbersOf } from "../step.ts";
import definition from "./definition.ts";

interface State {
  readonly lambda: number;
  readonly mean: number;
  readonly scale: number;
}

export default columnByColumn<typeof definition.schema, State>(definition, {
  fit: (column) => {
    const present = numbersOf(column).filter((value) => !Number.isNaN(value));
    const constant = present.every((value) => value === present[0]);
    const lambda = constant ? 1 : minimum((candidate) => -likelihood(present, candidate), -2, 2);
    const bent = present.map((value) => bend(value, lambda));
    const mean = bent.length === 0 ? 0 : bent.reduce((sum, value) => sum + value, 0) / bent.length;
    const variance = bent.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, bent.length);
    return { lambda, mean, scale: constant || variance === 0 ? 1 : Math.sqrt(variance) };
  },
  apply: (column, { lambda, mean, scale }) => ({
    kind: "number",
    name: column.name,
    values: numbersOf(column).map((value) => (bend(value, lambda) - mean) / scale),
  }),
  inverse: (value, { lambda, mean, scale }) => unbend(value * scale + mean, lambda),
});

function bend(x: number, lambda: number): number {
  if (x >= 0) return Math.abs(lambda) < Number.EPSILON ? Math.log1p(x) : ((x + 1) ** lambda - 1) / lambda;
  return Math.abs(lambda - 2) < Number.EPSILON ? -Math.log1p(-x) : -((1 - x) ** (2 - lambda) - 1) / (2 - lambda);
}

function unbend(y: number, lambda: number): number {
  if (y >= 0) return Math.abs(lambda) < Number.EPSILON ? Math.expm1(y) : (y * lambda + 1) ** (1 / lambda) - 1;
  return Math.abs(lambda - 2) < Number.EPSILON ? -Math.expm1(-y) : 1 - (1 - (2 - lambda) * y) ** (1 / (2 - lambda));
}

/** Log-likelihood of the bent values under a normal distribution, up to a constant. */
function likelihood(values: Float64Array, lambda: number): number {
  let mean = 0;
  for (const value of values) mean += bend(value, lambda);
  mean /= values.length;
  let variance = 0;
  let logs = 0;
  for (const value of values) {
    variance += (bend(value, lambda) - mean) ** 2;
    logs += Math.sign(value) * Math.log1p(Math.abs(value));
  }
  variance /= values.length;
  // A power that presses all values together is no transform.
  if (!(variance > Number.MIN_VALUE)) return Number.NEGATIVE_INFINITY;
  return (-values.length / 2) * Math.log(variance) + (lambda - 1) * logs;
}

/** How far from an end it is asked whether the function falls outwards, as a share of the width. */
const INWARDS = 1e-3;
const MOST_WIDENINGS = 6;
const GOLDEN = (3 - Math.sqrt(5)) / 2;

/** The place of the least value of a function of one minimum, widened outwards while it lies at an end. */
function minimum(of: (x: number) => number, from: number, to: number): number {
  const tolerance = 1e-10;
  let [a, b] = [from, to];
  for (let turn = 0; turn < MOST_WIDENINGS && of(a) < of(a + INWARDS * (b - a)); turn += 1) a -= b - a;
  for (let turn = 0; turn < MOST_WIDENINGS && of(b) < of(b - INWARDS * (b - a)); turn += 1) b += b - a;
  let x = a + GOLDEN * (b - a);
  let [w, v] = [x, x];
  let fx = of(x);
  let [fw, fv] = [fx, fx];
  let step = 0;
  let before = 0;
  for (let turn = 0; turn < 200; turn += 1) {
    const middle = (a + b) / 2;
    const least = 1e-9 * Math.abs(x) + tolerance;
    if (Math.abs(x - middle) <= 2 * least - (b - a) / 2) break;
    const parabola = parabolaStep({ x, w, v, fx, fw, fv });
    if (
      Math.abs(before) > least &&
      parabola !== null &&
      Math.abs(parabola) < Math.abs(before / 2) &&
      x + parabola > a &&
      x + parabola < b
    ) {
      before = step;
      step = parabola;
    } else {
      before = x < middle ? b - x : a - x;
      step = GOLDEN * before;
    }
    const u = Math.abs(step) >= least ? x + step : x + Math.sign(step) * least;
    const fu = of(u);
    if (fu <= fx) {
      if (u < x) b = x;
      else a = x;
      [v, fv, w, fw, x, fx] = [w, fw, x, fx, u, fu];
    } else {
      if (u < x) a = u;
      else b = u;
      if (fu <= fw || w === x) [v, fv, w, fw] = [w, fw, u, fu];
      else if (fu <= fv || v === x || v === w) [v, fv] = [u, fu];
    }
  }
  return x;
}

/** From x to the least point of the parabola through three points; null where they lie on a line. */
function parabolaStep({ x, w, v, fx, fw, fv }: Readonly<Record<"x" | "w" | "v" | "fx" | "fw" | "fv", number>>): number | null {
  const r = (x - w) * (fx - fv);
  const q = (x - v) * (fx - fw);
  const divisor = 2 * (q - r);
  return divisor === 0 ? null : -((x - v) * q - (x - w) * r) / divisor;
}
