/**
 * The standard normal distribution in double precision, for the reference backend: Φ to some 15 digits, in the lower tail
 * too, where 1 + erf would lose them all.
 */

const SQRT_HALF = Math.SQRT1_2;
const INVERSE_SQRT_TWO_PI = 0.3989422804014327;
/** From here on the continued fraction needs fewer terms than the series. */
const SERIES_LIMIT = 3;

/** φ(x) = e^(−x²/2) / √(2π) */
export const normalDensity = (x: number): number => INVERSE_SQRT_TWO_PI * Math.exp(-0.5 * x * x);

/** Φ(x) = (1 + erf(x/√2)) / 2 */
export function normalCumulative(x: number): number {
  const z = Math.abs(x) * SQRT_HALF;
  if (Number.isNaN(z)) return z;
  const upper = z < SERIES_LIMIT ? 0.5 * (1 - errorFunction(z)) : 0.5 * complementBeyond(z);
  return x < 0 ? upper : 1 - upper;
}

/** erf(z) = 2/√π · e^(−z²) · Σ 2ⁿ z²ⁿ⁺¹ / (2n+1)!! (Abramowitz & Stegun 7.1.6): all terms positive, nothing cancels. */
function errorFunction(z: number): number {
  let term = z;
  let sum = z;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= (2 * z * z) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-z * z) * sum;
}

/** Terms after which the fraction at z = 3 has settled to the last digit. */
const FRACTION_TERMS = 60;

/** erfc(z) = e^(−z²)/√π · 1/(z + ½/(z + 1/(z + 3⁄2/(z + …)))) (Abramowitz & Stegun 7.1.14), from the inside out. */
function complementBeyond(z: number): number {
  let fraction = z;
  for (let n = FRACTION_TERMS; n > 0; n--) fraction = z + n / 2 / fraction;
  return Math.exp(-z * z) / Math.sqrt(Math.PI) / fraction;
}
