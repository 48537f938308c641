/**
 * Permutation importance (Breiman 2001; as scikit-learn's permutation_importance): how much worse a figure becomes when the values of
 * one column are dealt out anew among the rows, so that they tell nothing of their row any more. Repeated, with mean and deviation.
 */
import { Random } from "../../data/random.ts";

export interface ColumnImportance {
  /** How much worse the figure was, one a repeat; below zero where it was better by chance. */
  readonly losses: readonly number[];
  readonly mean: number;
  /** Of the sample (n − 1); null for one repeat. */
  readonly deviation: number | null;
}

export interface Importance {
  /** The figure with every column as it is. */
  readonly baseline: number;
  /** In the order of the columns. */
  readonly columns: readonly ColumnImportance[];
}

export interface Progress {
  readonly done: number;
  readonly total: number;
}

export interface PermutationQuestion {
  readonly columns: number;
  readonly rows: number;
  readonly repeats: number;
  readonly better: "higher" | "lower";
  /** For each row the row whose value it is given. */
  readonly orderOf: (column: number, repeat: number) => Uint32Array;
  /** The figure over all rows, with one column dealt out as `order` says. */
  readonly figure: (shuffled: { readonly column: number; readonly order: Uint32Array } | null) => number;
}

/** Yields after each figure. Columns whose figure is not finite somewhere have losses of NaN. */
export function* permutationImportance(question: PermutationQuestion): Generator<Progress, Importance> {
  const { columns, repeats, better, orderOf, figure } = question;
  const total = 1 + columns * repeats;
  const baseline = figure(null);
  let done = 1;
  yield { done, total };
  const found: ColumnImportance[] = [];
  for (let column = 0; column < columns; column += 1) {
    const losses: number[] = [];
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const now = figure({ column, order: orderOf(column, repeat) });
      losses.push(better === "higher" ? baseline - now : now - baseline);
      done += 1;
      yield { done, total };
    }
    found.push({ losses, ...spreadOf(losses) });
  }
  return { baseline, columns: found };
}

/** Streams of one seed, a column and repeat each: a column's order does not hang on how many others there are. */
export function seededOrders(rows: number, seed: number, repeats: number): PermutationQuestion["orderOf"] {
  return (column, repeat) => {
    const order = Uint32Array.from({ length: rows }, (_, row) => row);
    new Random(seed, column * repeats + repeat).shuffle(order);
    return order;
  };
}

function spreadOf(values: readonly number[]): { mean: number; deviation: number | null } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: values.length < 2 ? null : Math.sqrt(squares / (values.length - 1)) };
}
