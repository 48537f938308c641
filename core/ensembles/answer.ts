/** What an ensemble says of rows: the answers of its members, brought to the same rows and combined by its rule. */
import { AppError } from "../errors.ts";
import type { PredictedRows } from "../train/predicted-rows.ts";
import { alignRows } from "./align.ts";
import { combine, stack, stackCrossValidated } from "./combine.ts";
import type { EnsembleRule } from "./ensemble.ts";

/** Members that hold out other rows have to share this many. */
const FEWEST_COMMON = 10;

export interface AskedMembers {
  readonly rule: EnsembleRule;
  /** Of the members, for what is said when they do not fit. */
  readonly names: readonly string[];
  /** What each says of the rows. */
  readonly asked: readonly PredictedRows[];
  /** A part of the run's own rows; null: rows of other data. */
  readonly part: "training" | "validation" | "test" | null;
  /** Of stacking other rows than those it learns from: what each says of these; else null. */
  readonly learnt: readonly PredictedRows[] | null;
}

/** Members on the rows that all of them hold out. @throws AppError ensemble.rows_differ, ensemble.* */
export function alignHeldOut(asked: readonly PredictedRows[], names: readonly string[]): readonly PredictedRows[] {
  const { members, left } = alignRows(asked, names);
  // A row that one member trained on and another did not would flatter the first: only rows that all hold out count.
  const rows = members[0]?.rows ?? 0;
  if (rows < FEWEST_COMMON && left.some((count) => count > 0)) throw new AppError("ensemble.rows_differ", { rows });
  return members;
}

/** @throws AppError ensemble.* */
export function ensembleAnswer({ rule, names, asked, part, learnt }: AskedMembers): PredictedRows {
  const members = part === null ? alignRows(asked, names).members : alignHeldOut(asked, names);
  if (rule !== "stacking") return combine(members, rule);
  return learnt === null ? stackCrossValidated(members) : stack(alignHeldOut(learnt, names), members);
}
