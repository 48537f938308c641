/** What an ensemble gains over the best of its members, and how much they differ. */
import { errorsOfRows, type PredictedRows } from "../train/predicted-rows.ts";
import { alignHeldOut } from "./answer.ts";
import { type StackingWeights, stackingWeights } from "./combine.ts";
import { disagreementsOf } from "./disagreements.ts";
import { type MemberPair, memberPairs } from "./diversity.ts";

export interface EnsembleGain {
  readonly measure: "wrong" | "error";
  readonly rows: number;
  /** Of the ensemble: the share of wrong answers, or the mean absolute error. */
  readonly error: number;
  /** The same of each member, in their order. */
  readonly errors: number[];
  /** Place of the best member, its error less the ensemble's, and how likely that is by chance. */
  readonly best: number;
  readonly gain: number;
  readonly p: number | null;
  readonly pairs: MemberPair[];
  /** Null of rules that do not learn. */
  readonly weights: StackingWeights | null;
}

/**
 * @param rows  what the ensemble says
 * @param asked what each member says, brought to the rows that all of them have
 * @param learnt what each member says of the rows that stacking learns from; null of other rules
 * @throws AppError ensemble.*
 */
export function ensembleGain(
  rows: PredictedRows,
  asked: readonly PredictedRows[],
  names: readonly string[],
  learnt: readonly PredictedRows[] | null,
): EnsembleGain {
  const members = alignHeldOut(asked, names);
  const errors = members.map(meanError);
  const best = errors.indexOf(Math.min(...errors));
  const error = meanError(rows);
  return {
    measure: errorsOfRows(rows).kind,
    rows: rows.rows,
    error,
    errors,
    best,
    gain: (errors[best] as number) - error,
    p: disagreementsOf(rows, members[best] as PredictedRows).p,
    pairs: memberPairs(members),
    weights: learnt === null ? null : stackingWeights(alignHeldOut(learnt, names)),
  };
}

function meanError(rows: PredictedRows): number {
  const { values } = errorsOfRows(rows);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
