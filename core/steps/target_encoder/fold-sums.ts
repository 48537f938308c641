/**
 * Sums of a target by category, over all rows and over those outside each fold, from rows that come in pieces. Every sum is taken in the
 * order of the rows, so that it has the same bits however they were cut. Memory: folds + 1 sums a category and number of the target.
 */
import type { CategoryColumn } from "../../data/table.ts";
import { compareCodePoints } from "../order.ts";

export interface FoldedTarget {
  /** Numbers of the target, `[number][row]`. */
  readonly values: readonly Float64Array[];
  readonly foldOf: Int32Array;
  readonly folds: number;
}

/** By place: 0 for missing values, then categories in the order in which they came. */
interface Sums {
  readonly counts: number[];
  /** One list a number of the target. */
  readonly sums: readonly number[][];
  /** Of distances from the mean of the place. */
  readonly squares: readonly number[][];
}

interface ColumnSums {
  readonly places: Map<string, number>;
  /** Without each fold; the last without none. */
  readonly sets: readonly Sums[];
}

export class FoldSums {
  private readonly target: FoldedTarget;
  private readonly columns: readonly ColumnSums[];
  private row = 0;
  private measures = false;

  constructor(columns: number, target: FoldedTarget) {
    this.target = target;
    const zeros = (): number[][] => target.values.map(() => [0]);
    const empty = (): Sums => ({ counts: [0], sums: zeros(), squares: zeros() });
    this.columns = Array.from({ length: columns }, () => ({
      places: new Map<string, number>(),
      sets: Array.from({ length: target.folds + 1 }, empty),
    }));
  }

  /** The rows begin anew: now their distances from the means are summed. */
  again(): void {
    this.row = 0;
    this.measures = true;
  }

  /** The next rows. */
  add(piece: readonly CategoryColumn[]): void {
    piece.forEach((column, place) => this.addColumn(this.columns[place] as ColumnSums, column));
    this.row += piece[0]?.codes.length ?? 0;
  }

  private addColumn({ places, sets }: ColumnSums, { codes, categories }: CategoryColumn): void {
    const { values, foldOf } = this.target;
    /** Of each category of this piece; 0 is not known yet. */
    const placeOf = new Int32Array(categories.length);
    const find = (code: number): number => {
      const name = categories[code] as string;
      const place = places.get(name) ?? places.size + 1;
      if (!places.has(name)) {
        places.set(name, place);
        for (const { counts, sums, squares } of sets) for (const list of [counts, ...sums, ...squares]) list.push(0);
      }
      placeOf[code] = place;
      return place;
    };
    for (let i = 0; i < codes.length; i += 1) {
      const code = codes[i] as number;
      const place = code < 0 ? 0 : placeOf[code] || find(code);
      const row = this.row + i;
      for (let left = 0; left < sets.length; left += 1) {
        if (left === foldOf[row]) continue;
        const set = sets[left] as Sums;
        if (!this.measures) set.counts[place] = (set.counts[place] as number) + 1;
        for (let number = 0; number < values.length; number += 1) {
          const value = values[number]?.[row] as number;
          const [sums, squares] = [set.sums[number] as number[], set.squares[number] as number[]];
          if (!this.measures) sums[place] = (sums[place] as number) + value;
          else squares[place] = (squares[place] as number) + (value - (sums[place] as number) / (set.counts[place] as number)) ** 2;
        }
      }
    }
  }

  /**
   * @param left   the fold that is left out; `folds` for none
   * @param smooth rows that the mean of all counts as; null: by the variance in each category
   * @returns means of all these rows, and of each column its categories, sorted, with the smoothed means of missing values and of each
   */
  meansWithout(left: number, smooth: number | null): { overall: number[]; columns: { categories: string[]; means: number[][] }[] } {
    const { values, foldOf } = this.target;
    const counts = (row: number): boolean => foldOf[row] !== left;
    const overall = values.map((one) => meanOf(one, counts, (value) => value));
    const variances = values.map((one, number) => meanOf(one, counts, (value) => (value - (overall[number] as number)) ** 2));
    const columns = this.columns.map(({ places, sets }) => {
      const set = sets[left] as Sums;
      const categories = [...places.keys()].sort(compareCodePoints);
      const order = [0, ...categories.map((name) => places.get(name) as number)];
      const means = values.map((_, number) => {
        const [mean, variance] = [overall[number] as number, variances[number] as number];
        return order.map((place) => {
          const [count, sum] = [set.counts[place] as number, set.sums[number]?.[place] as number];
          if (smooth !== null) return count + smooth === 0 ? mean : (sum + smooth * mean) / (count + smooth);
          const share = (variance * count) / (variance * count + (set.squares[number]?.[place] as number) / count);
          return Number.isNaN(share) ? mean : share * (sum / count) + (1 - share) * mean;
        });
      });
      return { categories, means };
    });
    return { overall, columns };
  }
}

function meanOf(values: Float64Array, counts: (row: number) => boolean, of: (value: number) => number): number {
  let sum = 0;
  let rows = 0;
  for (let row = 0; row < values.length; row += 1)
    if (counts(row)) {
      sum += of(values[row] as number);
      rows += 1;
    }
  return sum / rows;
}
