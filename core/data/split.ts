/**
 * The split into training and validation rows: by chance, by chance within each class, by position (the last rows are
 * held out), or none. Both parts keep the order of the table; shuffling is the trainer's.
 */
import { AppError } from "../errors.ts";
import type { SplitDocument } from "../graph/document.ts";
import { Random } from "./random.ts";

export interface Split {
  /** Positions in the table, ascending. */
  readonly training: Uint32Array;
  readonly validation: Uint32Array;
}

/**
 * The held-out part has round(fraction × rows) rows, at least 1. Stratified: each class gives its share of them, rounded
 * by largest remainder, and keeps at least one row in training.
 * @param strata class of each row; needed for `stratified` only
 * @param seed   used when the split names none
 */
export function splitRows(rowCount: number, split: SplitDocument, strata: Int32Array | null, seed: number): Split {
  if (rowCount === 0) throw new AppError("data.no_rows");
  if (split.method === "none") return { training: Uint32Array.from({ length: rowCount }, (_, row) => row), validation: new Uint32Array(0) };
  if (rowCount < 2) throw new AppError("data.too_few_rows", { rows: rowCount });
  const held = Math.min(rowCount - 1, Math.max(1, Math.round(split.validation_fraction * rowCount)));
  const random = new Random(split.seed ?? seed, SPLIT_STREAM);
  switch (split.method) {
    case "time":
      return partition(rowCount, (row) => row >= rowCount - held);
    case "random": {
      const drawn = draw(
        Uint32Array.from({ length: rowCount }, (_, row) => row),
        held,
        random,
      );
      return partition(rowCount, (row) => drawn.has(row));
    }
    case "stratified": {
      if (strata === null) throw new AppError("data.stratified_needs_classes");
      const drawn = stratified(strata, held, random);
      return partition(rowCount, (row) => drawn.has(row));
    }
    default:
      return split.method satisfies never;
  }
}

/** The random stream of the split; the trainer's streams are others. */
const SPLIT_STREAM = 0x5711;

function partition(rowCount: number, isHeld: (row: number) => boolean): Split {
  const training: number[] = [];
  const validation: number[] = [];
  for (let row = 0; row < rowCount; row += 1) (isHeld(row) ? validation : training).push(row);
  return { training: Uint32Array.from(training), validation: Uint32Array.from(validation) };
}

function draw(rows: Uint32Array, count: number, random: Random): Set<number> {
  random.shuffle(rows);
  return new Set(rows.subarray(0, count));
}

function stratified(strata: Int32Array, held: number, random: Random): Set<number> {
  const rowsOf = new Map<number, number[]>();
  strata.forEach((stratum, row) => {
    const rows = rowsOf.get(stratum);
    if (rows === undefined) rowsOf.set(stratum, [row]);
    else rows.push(row);
  });
  const classes = [...rowsOf.entries()].sort(([a], [b]) => a - b).map(([, rows]) => rows);
  const quotas = largestRemainder(
    classes.map((rows) => rows.length),
    held,
    strata.length,
  );
  const drawn = new Set<number>();
  classes.forEach((rows, place) => {
    for (const row of draw(Uint32Array.from(rows), quotas[place] as number, random)) drawn.add(row);
  });
  return drawn;
}

/** Shares of `held` in proportion to `counts`, whole numbers, each less than its count; they sum to `held` where that is possible. */
function largestRemainder(counts: readonly number[], held: number, total: number): number[] {
  const exact = counts.map((count) => (count * held) / total);
  const quotas = exact.map((share, place) => Math.min(Math.floor(share), (counts[place] as number) - 1));
  let left = held - quotas.reduce((sum, quota) => sum + quota, 0);
  const byRemainder = exact
    .map((share, place) => ({ place, remainder: share - Math.floor(share) }))
    .sort((a, b) => b.remainder - a.remainder || a.place - b.place);
  while (left > 0) {
    let given = 0;
    for (const { place } of byRemainder) {
      if (left === 0 || (quotas[place] as number) + 1 >= (counts[place] as number)) continue;
      quotas[place] = (quotas[place] as number) + 1;
      left -= 1;
      given += 1;
    }
    if (given === 0) break;
  }
  return quotas;
}
