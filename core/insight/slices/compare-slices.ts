/**
 * Which slices a model serves worse than the rest, and whether that is more than chance: of right and wrong answers by Fisher's exact
 * test, of errors of numbers by Welch's, each slice against all rows that are not in it, corrected for how many slices are looked at.
 */
import { welchTest } from "../../sweeps/statistics.ts";
import { fisherTest, holm } from "../statistics/exact-tests.ts";
import type { Slice } from "./cut.ts";

export interface RowErrors {
  /** `wrong`: 1 for a wrong answer, 0 for a right one. `error`: how far off, not negative. */
  readonly kind: "wrong" | "error";
  /** A row each. */
  readonly values: ArrayLike<number>;
}

export interface ComparedSlice<K> extends Slice<K> {
  /** Mean of its errors; of wrong answers the share. */
  readonly mean: number;
  /** That less the mean of all rows that are counted. */
  readonly difference: number;
  /** Corrected; null where there are too few rows to ask. */
  readonly p: number | null;
}

/** From here on a difference is called more than chance. */
export const SURE = 0.05;

/** The worst first; of equal ones the larger. */
export function compareSlices<K>(slices: readonly Slice<K>[], errors: RowErrors): ComparedSlice<K>[] {
  const all = slices.flatMap(({ places }) => [...places]);
  const total = sumOf(all, errors.values);
  const asked = slices.map(({ places }) => {
    const own = sumOf(places, errors.values);
    return { own, p: testOf(places, all, errors, own, total) };
  });
  const corrected = holm(asked.flatMap(({ p }) => (p === null ? [] : [p])));
  let next = 0;
  return slices
    .map(({ key, places }, place) => {
      const { own, p } = asked[place] as (typeof asked)[number];
      const mean = own / places.length;
      return { key, places, mean, difference: mean - total / all.length, p: p === null ? null : (corrected[next++] as number) };
    })
    .sort((a, b) => b.mean - a.mean || b.places.length - a.places.length);
}

function testOf(places: readonly number[], all: readonly number[], { kind, values }: RowErrors, own: number, total: number): number | null {
  const others = all.length - places.length;
  if (others === 0 || places.length === 0) return null;
  if (kind === "wrong") return fisherTest(own, places.length, total - own, others);
  const inside = new Set(places);
  const at = (place: number): number => values[place] as number;
  return welchTest(places.map(at), all.filter((place) => !inside.has(place)).map(at))?.p ?? null;
}

function sumOf(places: readonly number[], values: ArrayLike<number>): number {
  let sum = 0;
  for (const place of places) sum += values[place] as number;
  return sum;
}
