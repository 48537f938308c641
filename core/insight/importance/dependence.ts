/**
 * Partial dependence (Friedman 2001; as scikit-learn's partial_dependence by brute force) and individual conditional expectation: what
 * is predicted of the rows when one column is set to the same value in all of them, value by value.
 */
import type { Progress } from "./permutation.ts";

/** More words are not drawn; the most frequent ones are. */
export const MOST_WORDS = 24;
/** The outermost values are left out: few rows are there, and the curve would be stretched by them. */
const SHARES = [0.05, 0.95] as const;

export interface Dependence {
  /** Mean prediction at each value of the grid. */
  readonly average: readonly number[];
  /** Of each row that is shown its prediction at each value. */
  readonly individual: readonly (readonly number[])[];
}

/**
 * Values at which a column of numbers is tried: its own where there are at most `resolution`, else as many evenly from its 5 % to its
 * 95 % quantile (scipy.stats.mstats.mquantiles, as scikit-learn takes them).
 * @param values NaN is missing
 * @returns ascending; one value where all are the same, none where all are missing
 */
export function gridOfNumbers(values: ArrayLike<number>, resolution: number): number[] {
  const sorted = Array.from(values)
    .filter((value) => Number.isFinite(value))
    .sort((a, b) => a - b);
  const own = [...new Set(sorted)];
  if (own.length <= resolution) return own;
  const [low, high] = SHARES.map((share) => cunnane(sorted, share)) as [number, number];
  if (low === high) return own.filter((_, place) => place % Math.ceil(own.length / resolution) === 0);
  return Array.from({ length: resolution }, (_, k) => (k === resolution - 1 ? high : low + ((high - low) * k) / (resolution - 1)));
}

/** The words of a column, the most frequent first, of equal ones in the order in which they come. @param words null is missing */
export function gridOfWords(words: readonly (string | null)[]): string[] {
  const counts = new Map<string, number>();
  for (const word of words) if (word !== null) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_WORDS)
    .map(([word]) => word);
}

/**
 * Yields after each value.
 * @param predict what is predicted of each row with the column at the k-th value
 * @param shown   places of the rows whose own curves are kept
 * @param weights of the rows; null for rows that all count the same
 */
export function* partialDependence(
  values: number,
  predict: (k: number) => ArrayLike<number>,
  shown: readonly number[],
  weights: ArrayLike<number> | null,
): Generator<Progress, Dependence> {
  const average: number[] = [];
  const individual = shown.map((): number[] => []);
  for (let k = 0; k < values; k += 1) {
    const found = predict(k);
    let [sum, counted] = [0, 0];
    for (let row = 0; row < found.length; row += 1) {
      const weight = weights?.[row] ?? 1;
      sum += weight * (found[row] as number);
      counted += weight;
    }
    average.push(sum / counted);
    shown.forEach((row, place) => individual[place]?.push(found[row] as number));
    yield { done: k + 1, total: values };
  }
  return { average, individual };
}

/** Quantile by Cunnane's plotting positions (alpha = beta = 0.4), the default of scipy.stats.mstats.mquantiles. */
function cunnane(sorted: readonly number[], share: number): number {
  const count = sorted.length;
  const place = count * share + 0.4 + share * 0.2;
  const below = Math.min(Math.max(Math.floor(place), 1), count - 1);
  const part = Math.min(Math.max(place - below, 0), 1);
  return (1 - part) * (sorted[below - 1] as number) + part * (sorted[below] as number);
}
