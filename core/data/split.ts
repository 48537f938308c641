/**
 * The split into training, validation and (where it is asked for) test rows: by chance, by chance within each class, by
 * whole groups, in the order of time (the last rows are held out), by what a column says, or none. Parts keep the order of
 * the table; shuffling is the trainer's.
 */
import { AppError } from "../errors.ts";
import type { SplitDocument } from "../graph/document.ts";
import { bagOf } from "./bags.ts";
import { byCode } from "./by-code.ts";
import { foldOf } from "./folds.ts";
import { Random } from "./random.ts";
import { PART } from "./split-columns.ts";

export interface Split {
  /** Positions in the table, ascending. */
  readonly training: Uint32Array;
  readonly validation: Uint32Array;
  /** Kept aside: neither trained nor validated on. Empty unless the split asks for it. */
  readonly test: Uint32Array;
  /** Of a bag: rows of the training part that were not drawn. `training` then has some rows more than once. */
  readonly outOfBag?: Uint32Array;
}

/**
 * The held-out part has round(fraction × rows) rows, at least 1. Stratified: each class gives its share of them, rounded
 * by largest remainder, and keeps at least one row in training. Grouped: whole groups, drawn until that many rows are
 * nearest. A test part is drawn first, in the same manner; of the rest, so many are held out that validation has its
 * fraction of all rows. With folds, one fold of the rest is held out instead (folds.ts). With a bag, the rows that are left
 * for training are then drawn anew (bags.ts); the other parts stay as they are.
 * @param strata class, group, part or place in time of each row (split-columns.ts); needed for `stratified`, `grouped` and `column`; by
 * time without it the rows stand in order
 * @param seed   used when the split names none
 * @throws AppError data.no_rows, data.too_few_rows*, data.too_few_groups, data.split_no_training, data.split_fractions
 */
export function splitRows(rowCount: number, split: SplitDocument, strata: Int32Array | null, seed: number): Split {
  const inOrder = split.method !== "time" || split.order_by === undefined || strata === null;
  const whole = inOrder ? splitWhole(rowCount, split, strata, seed) : splitInTime(split, strata, seed);
  if (split.bag === undefined) return whole;
  const { drawn, left } = bagOf(whole.training, new Random(split.seed ?? seed, BAGS_STREAM + split.bag));
  return { ...whole, training: drawn, outOfBag: left };
}

/** @param places of each row, from the first in time */
function splitInTime(split: SplitDocument, places: Int32Array, seed: number): Split {
  const order = new Uint32Array(places.length);
  places.forEach((place, row) => (order[place] = row));
  const { training, validation, test } = splitWhole(places.length, split, null, seed);
  const inTable = (rows: Uint32Array): Uint32Array => rows.map((place) => order[place] as number).sort();
  return { training: inTable(training), validation: inTable(validation), test: inTable(test) };
}

function splitWhole(rowCount: number, split: SplitDocument, strata: Int32Array | null, seed: number): Split {
  if (rowCount === 0) throw new AppError("data.no_rows");
  const rows = Uint32Array.from({ length: rowCount }, (_, row) => row);
  const none = new Uint32Array(0);
  if (split.folds !== undefined && (split.method === "none" || split.method === "column"))
    throw new AppError("data.folds_need_a_draw", { method: split.method });
  if (split.method === "none") return { training: rows, validation: none, test: none };
  if (split.method === "column") {
    const parts = byColumn(rows, codesOf(strata));
    return split.validation_from_training === true ? withValidation(parts, split, seed) : parts;
  }
  const testShare = split.test_fraction ?? 0;
  const { folds, fold = 0 } = split;
  if (testShare + (folds === undefined ? split.validation_fraction : 0) >= 1)
    throw new AppError("data.split_fractions", { validation: split.validation_fraction, test: testShare });
  if (rowCount < 2) throw new AppError("data.too_few_rows", { rows: rowCount });
  if (testShare > 0 && rowCount < 3) throw new AppError("data.too_few_rows_for_test", { rows: rowCount });
  const count = (share: number): number => Math.max(1, Math.round(share * rowCount));
  const chosenSeed = split.seed ?? seed;
  if (split.method === "time" && folds === undefined) {
    const test = testShare === 0 ? 0 : Math.min(count(testShare), rowCount - 2);
    const validation = Math.min(rowCount - test - 1, count(split.validation_fraction));
    const [second, third] = [rowCount - test - validation, rowCount - test];
    return { training: rows.subarray(0, second), validation: rows.subarray(second, third), test: rows.subarray(third) };
  }
  const tested =
    testShare === 0 ? null : hold(rows, Math.min(count(testShare), rowCount - 2), split, strata, new Random(chosenSeed, TEST_STREAM), 2);
  const rest = tested === null ? rows : rows.filter((row) => !tested.has(row));
  const tests = tested === null ? none : rows.filter((row) => tested.has(row));
  if (folds !== undefined) {
    const random = new Random(chosenSeed, FOLDS_STREAM);
    return { ...foldOf(rest, split.method, { folds, fold, strata, random }), test: tests };
  }
  const held = Math.min(rest.length - 1, count(split.validation_fraction));
  const validated = hold(rest, held, split, strata, new Random(chosenSeed, SPLIT_STREAM), 1);
  return {
    training: rest.filter((row) => !validated.has(row)),
    validation: rest.filter((row) => validated.has(row)),
    test: tests,
  };
}

/** All rows in one part, of a document that may name a fold or a bag. */
export function unsplit({ validation_fraction, seed }: SplitDocument): SplitDocument {
  return { method: "none", validation_fraction, seed };
}

/** The random streams of the split; the trainer's streams are others. */
const SPLIT_STREAM = 0x5711;
const TEST_STREAM = 0x5712;
const FOLDS_STREAM = 0x5713;
/** And one a bag from here on. */
const BAGS_STREAM = 0x5ba60000;

/** Rows that are held out. @param left groups that must remain */
function hold(
  rows: Uint32Array,
  held: number,
  { method }: SplitDocument,
  strata: Int32Array | null,
  random: Random,
  left: number,
): ReadonlySet<number> {
  switch (method) {
    case "time":
      return new Set(rows.subarray(rows.length - held));
    case "random":
      return draw(rows.slice(), held, random);
    case "stratified":
      if (strata === null) throw new AppError("data.stratified_needs_classes");
      return stratified(rows, strata, held, random);
    case "grouped":
      return grouped(rows, codesOf(strata), held, random, left);
    default:
      throw new Error(`rows are not drawn by '${method}'`);
  }
}

function codesOf(codes: Int32Array | null): Int32Array {
  if (codes === null) throw new AppError("data.split_column_not_chosen");
  return codes;
}

function byColumn(rows: Uint32Array, parts: Int32Array): Split {
  const of = (part: number): Uint32Array => rows.filter((row) => parts[row] === part);
  const split = { training: of(PART.training), validation: of(PART.validation), test: of(PART.test) };
  if (split.training.length === 0) throw new AppError("data.split_no_training");
  return split;
}

/** Of files that were given for training and for testing alone. @throws AppError data.too_few_rows */
function withValidation(parts: Split, split: SplitDocument, seed: number): Split {
  const { training, validation } = parts;
  if (validation.length > 0) return parts;
  if (training.length < 2) throw new AppError("data.too_few_rows", { rows: training.length });
  const held = Math.min(training.length - 1, Math.max(1, Math.round(split.validation_fraction * training.length)));
  const drawn = draw(training.slice(), held, new Random(split.seed ?? seed, SPLIT_STREAM));
  return { ...parts, training: training.filter((row) => !drawn.has(row)), validation: training.filter((row) => drawn.has(row)) };
}

/** Groups in a drawn order, each taken while that brings the number of rows nearer to `held`; the smallest where none does. */
function grouped(rows: Uint32Array, groups: Int32Array, held: number, random: Random, left: number): Set<number> {
  const all = byCode(rows, groups);
  if (all.length <= left) throw new AppError("data.too_few_groups", { groups: all.length, needed: left + 1 });
  const order = Uint32Array.from(all, (_, place) => place);
  random.shuffle(order);
  const taken: number[][] = [];
  let count = 0;
  for (const place of order) {
    const group = all[place] as number[];
    if (taken.length === all.length - left) break;
    if (Math.abs(count + group.length - held) >= Math.abs(count - held)) continue;
    taken.push(group);
    count += group.length;
  }
  if (taken.length === 0) taken.push(all.reduce((least, group) => (group.length < least.length ? group : least)));
  return new Set(taken.flat());
}

function draw(rows: Uint32Array, count: number, random: Random): Set<number> {
  random.shuffle(rows);
  return new Set(rows.subarray(0, count));
}

function stratified(rows: Uint32Array, strata: Int32Array, held: number, random: Random): Set<number> {
  const classes = byCode(rows, strata);
  const quotas = largestRemainder(
    classes.map((own) => own.length),
    held,
    rows.length,
  );
  const drawn = new Set<number>();
  classes.forEach((own, place) => {
    for (const row of draw(Uint32Array.from(own), quotas[place] as number, random)) drawn.add(row);
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
