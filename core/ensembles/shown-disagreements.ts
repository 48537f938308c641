/** Two runs over the rows that both have: in all where they disagree, and of the rows some, with what each says. */
import { actualWords, type PredictedRows, saidWords } from "../train/predicted-rows.ts";
import { alignRows } from "./align.ts";
import { type Better, type Disagreements, disagreementsOf } from "./disagreements.ts";

export interface ShownDisagreements extends Omit<Disagreements, "rows"> {
  readonly task: PredictedRows["task"]["kind"];
  readonly compared: number;
  /** Rows of each that the other lacks. */
  readonly left: readonly [number, number];
  /** Rows with other answers; of these `total` are of the kind that was asked for. */
  readonly differing: number;
  readonly total: number;
  readonly shown: {
    readonly row: number;
    readonly actual: (string | number)[];
    readonly first: (string | number)[];
    readonly second: (string | number)[];
    readonly better: Better;
  }[];
}

/** @param only null: all of them. @throws AppError ensemble.* where the two do not fit */
export function shownDisagreements(
  asked: readonly [PredictedRows, PredictedRows],
  names: readonly [string, string],
  only: Better | null,
  count: number,
): ShownDisagreements {
  const { members, left } = alignRows(asked, names);
  const [first, second] = members;
  if (first === undefined || second === undefined) throw new Error("two runs are compared");
  const { rows, ...found } = disagreementsOf(first, second);
  const wanted = only === null ? rows : rows.filter(({ better }) => better === only);
  return {
    ...found,
    task: first.task.kind,
    compared: first.rows,
    left: [left[0] ?? 0, left[1] ?? 0],
    differing: rows.length,
    total: wanted.length,
    shown: wanted.slice(0, count).map(({ place, better }) => ({
      row: first.rowIds[place] as number,
      actual: actualWords(first, place),
      first: saidWords(first, place),
      second: saidWords(second, place),
      better,
    })),
  };
}
