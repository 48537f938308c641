/**
 * Whether counts differ by more than chance, exactly, however few they are: Fisher's test of two shares, McNemar's of two answers to the
 * same questions, and Holm's correction where many are asked at once.
 */
import { logGamma } from "../../sweeps/student-t.ts";

/** From here on an outcome counts as no likelier than the one that was seen, as scipy has it: sums of logarithms are not exact. */
const AS_LIKELY = 1e-7;

const logFactorial = (n: number): number => logGamma(n + 1);
const logChoose = (n: number, k: number): number => logFactorial(n) - logFactorial(k) - logFactorial(n - k);

/**
 * Probability of shares at least as far apart if both were the same (scipy.stats.fisher_exact, two-sided).
 * @param first  of `firstOf` rows so many, and of `secondOf` others so many: whole numbers
 */
export function fisherTest(first: number, firstOf: number, second: number, secondOf: number): number {
  const yes = first + second;
  const all = firstOf + secondOf;
  if (firstOf === 0 || secondOf === 0 || yes === 0 || yes === all) return 1;
  const base = logChoose(all, yes);
  const likelihood = (k: number): number => logChoose(firstOf, k) + logChoose(secondOf, yes - k) - base;
  const seen = likelihood(first) + AS_LIKELY;
  let p = 0;
  for (let k = Math.max(0, yes - secondOf); k <= Math.min(firstOf, yes); k += 1) {
    const one = likelihood(k);
    if (one <= seen) p += Math.exp(one);
  }
  return Math.min(1, p);
}

/**
 * McNemar's exact test (scipy.stats.binomtest(b, b + c)): two answers to the same questions, of which one alone was right `onlyFirst`
 * times and the other alone `onlySecond` times.
 */
export function mcnemarTest(onlyFirst: number, onlySecond: number): number {
  const all = onlyFirst + onlySecond;
  if (all === 0) return 1;
  let tail = 0;
  for (let k = 0; k <= Math.min(onlyFirst, onlySecond); k += 1) tail += Math.exp(logChoose(all, k) - all * Math.LN2);
  return Math.min(1, 2 * tail);
}

/** Holm's correction (1979): each p as it counts among all that were asked, in their own order. */
export function holm(values: readonly number[]): number[] {
  const order = values.map((_, place) => place).sort((a, b) => (values[a] as number) - (values[b] as number));
  const corrected = new Array<number>(values.length);
  let most = 0;
  order.forEach((place, rank) => {
    most = Math.max(most, Math.min(1, (values[place] as number) * (values.length - rank)));
    corrected[place] = most;
  });
  return corrected;
}
