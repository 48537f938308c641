/**
 * The parts of a k-fold cross-validation: rows cut into k folds, of which one is held out. As scikit-learn's KFold,
 * StratifiedKFold, GroupKFold and TimeSeriesSplit (1.7) cut them, drawn by our own source of chance: every row is held out
 * exactly once; by time only rows after the first stretch are, each after the rows that were trained on.
 */
import { AppError } from "../errors.ts";
import { byCode } from "./by-code.ts";
import type { Random } from "./random.ts";

export type FoldMethod = "random" | "stratified" | "grouped" | "time";

export interface Fold {
  readonly training: Uint32Array;
  readonly validation: Uint32Array;
}

/**
 * @param rows   positions in the table, ascending
 * @param strata class (`stratified`) or group (`grouped`) of each row of the table
 * @param fold   which one is held out, from 0
 * @throws AppError data.too_few_rows_for_folds, data.too_few_groups, data.fold_out_of_range
 */
export function foldOf(
  rows: Uint32Array,
  method: FoldMethod,
  { folds, fold, strata, random }: { folds: number; fold: number; strata: Int32Array | null; random: Random },
): Fold {
  if (fold < 0 || fold >= folds) throw new AppError("data.fold_out_of_range", { fold: fold + 1, folds });
  if (rows.length < (method === "time" ? folds + 1 : folds))
    throw new AppError("data.too_few_rows_for_folds", { rows: rows.length, folds });
  if (method === "time") return timeFold(rows, folds, fold);
  const held = new Set(
    method === "random" ? randomFold(rows, folds, fold, random) : codedFold(rows, method, { folds, fold, strata, random }),
  );
  return { training: rows.filter((row) => !held.has(row)), validation: rows.filter((row) => held.has(row)) };
}

function codedFold(
  rows: Uint32Array,
  method: "stratified" | "grouped",
  { folds, fold, strata, random }: { folds: number; fold: number; strata: Int32Array | null; random: Random },
): number[] {
  if (strata === null) throw new AppError(method === "stratified" ? "data.stratified_needs_classes" : "data.split_column_not_chosen");
  return method === "stratified" ? stratifiedFold(rows, strata, folds, fold, random) : groupedFold(rows, strata, folds, fold);
}

/** Sizes differ by one at most, the larger first. */
function randomFold(rows: Uint32Array, folds: number, fold: number, random: Random): Uint32Array {
  const shuffled = rows.slice();
  random.shuffle(shuffled);
  const size = Math.floor(rows.length / folds);
  const larger = rows.length % folds;
  const start = fold * size + Math.min(fold, larger);
  return shuffled.subarray(start, start + size + (fold < larger ? 1 : 0));
}

/**
 * Rows sorted by class are dealt out like cards, which says how many of each class every fold gets; which ones is drawn.
 * Neither sizes nor counts of a class differ by more than one.
 */
function stratifiedFold(rows: Uint32Array, strata: Int32Array, folds: number, fold: number, random: Random): number[] {
  let dealt = 0;
  return byCode(rows, strata).flatMap((own) => {
    const fates = Uint32Array.from(own, (_, k) => (dealt + k) % folds);
    dealt += own.length;
    random.shuffle(fates);
    return own.filter((_, k) => fates[k] === fold);
  });
}

/** Groups from the largest to the smallest, each into the fold that has the fewest rows so far. */
function groupedFold(rows: Uint32Array, groups: Int32Array, folds: number, fold: number): number[] {
  const all = byCode(rows, groups);
  if (all.length < folds) throw new AppError("data.too_few_groups", { groups: all.length, needed: folds });
  const sizes = new Array<number>(folds).fill(0);
  return [...all]
    .sort((a, b) => b.length - a.length)
    .flatMap((group) => {
      const lightest = sizes.indexOf(Math.min(...sizes));
      sizes[lightest] = (sizes[lightest] as number) + group.length;
      return lightest === fold ? group : [];
    });
}

/** Of k + 1 stretches the first is never held out; each later one is, after all rows before it. */
function timeFold(rows: Uint32Array, folds: number, fold: number): Fold {
  const size = Math.floor(rows.length / (folds + 1));
  const start = rows.length - (folds - fold) * size;
  return { training: rows.slice(0, start), validation: rows.slice(start, start + size) };
}
