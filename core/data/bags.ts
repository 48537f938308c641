/**
 * Bagging (Breiman, "Bagging predictors", 1996): the training rows of one member, as many as there are, each drawn among all of
 * them anew. The rows that were never drawn are out of the bag: the member has not seen them.
 */
import type { Random } from "./random.ts";

export interface Bag {
  /** As many as `rows`, ascending; a row that was drawn twice stands there twice. */
  readonly drawn: Uint32Array;
  /** Those never drawn, ascending. */
  readonly left: Uint32Array;
}

/** @param rows training rows of the split, ascending, each once */
export function bagOf(rows: Uint32Array, random: Random): Bag {
  const drawn = Uint32Array.from(rows, () => rows[random.below(rows.length)] as number).sort();
  const inside = new Set(drawn);
  return { drawn, left: rows.filter((row) => !inside.has(row)) };
}
