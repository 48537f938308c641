/** How much the members of an ensemble differ: where all are wrong in the same rows, nothing is gained by asking several. */
import { errorsOfRows, type PredictedRows, saidWords } from "../train/predicted-rows.ts";
import { correlationOf } from "./disagreements.ts";

export interface MemberPair {
  readonly first: number;
  readonly second: number;
  /** Share of the rows with other answers; null for numbers, which hardly ever are the same. */
  readonly disagreement: number | null;
  /** Of the errors; null where one never varies. */
  readonly correlation: number | null;
}

/** @param members aligned */
export function memberPairs(members: readonly PredictedRows[]): MemberPair[] {
  const errors = members.map((member) => signedErrors(member));
  return members.flatMap((one, first) =>
    members.slice(first + 1).map((other, k): MemberPair => {
      const second = first + 1 + k;
      return {
        first,
        second,
        disagreement: one.task.kind === "numbers" ? null : disagreement(one, other),
        correlation: correlationOf(errors[first] as ArrayLike<number>, errors[second] as ArrayLike<number>),
      };
    }),
  );
}

function disagreement(one: PredictedRows, other: PredictedRows): number {
  let differing = 0;
  for (let place = 0; place < one.rows; place += 1)
    if (saidWords(one, place).join("\0") !== saidWords(other, place).join("\0")) differing += 1;
  return differing / one.rows;
}

/** Of numbers with their sign: errors to opposite sides cancel out. */
function signedErrors(rows: PredictedRows): ArrayLike<number> {
  if (rows.task.kind !== "numbers") return errorsOfRows(rows).values;
  return Float64Array.from({ length: rows.predictions.length }, (_, i) => (rows.predictions[i] as number) - (rows.targets[i] as number));
}
