/**
 * Out-of-bag answers of a bagged ensemble: each row is answered by those members only that did not draw it, so that the training
 * rows themselves say how well the whole will do, without a row held out. As scikit-learn's BaggingClassifier and BaggingRegressor
 * count them (`oob_decision_function_`, `oob_prediction_`).
 */
import { errorsOfRows, figuresOfRows, type PredictedRows, pickRows } from "../train/predicted-rows.ts";
import { placesByKey, requireSameTask } from "./align.ts";
import { combine } from "./combine.ts";
import type { EnsembleRule } from "./ensemble.ts";

export interface OutOfBag {
  /** Rows that at least one member did not draw, in the order of the table. */
  readonly rows: PredictedRows;
  /** How many members answered each of them. */
  readonly judges: Uint32Array;
}

/**
 * @param members each over the rows that it did not draw
 * @param names   of the members, for what is said when they do not fit
 * @returns null where every member drew every row
 * @throws AppError ensemble.tasks_differ, ensemble.vote_needs_classes
 */
export function outOfBag(
  members: readonly PredictedRows[],
  rule: Exclude<EnsembleRule, "stacking">,
  names: readonly string[],
): OutOfBag | null {
  const [first, ...others] = members;
  if (first === undefined) return null;
  others.forEach((other, k) => requireSameTask(first, other, names[0] ?? "", names[k + 1] ?? ""));
  const answers = new Map<string, Answered>();
  members.forEach((member, index) => {
    for (const [key, place] of placesByKey(member)) {
      const known = answers.get(key) ?? { row: member.rowIds[place] as number, judges: [], places: [] };
      known.judges.push(index);
      known.places.push(place);
      answers.set(key, known);
    }
  });
  // Of a sequence the steps came in their order, and a sort keeps that.
  const sorted = [...answers.values()].sort((a, b) => a.row - b.row);
  if (sorted.length === 0) return null;
  return { rows: combinedRows(members, sorted, rule), judges: Uint32Array.from(sorted, ({ judges }) => judges.length) };
}

interface Answered {
  readonly row: number;
  /** Members that answer it, and where it stands in each. */
  readonly judges: number[];
  readonly places: number[];
}

/** Rows with the same judges are combined at once: there are far fewer sets of judges than rows. */
function combinedRows(
  members: readonly PredictedRows[],
  sorted: readonly Answered[],
  rule: Exclude<EnsembleRule, "stacking">,
): PredictedRows {
  const byJudges = new Map<string, number[]>();
  sorted.forEach(({ judges }, at) => {
    const key = judges.join();
    const known = byJudges.get(key);
    if (known === undefined) byJudges.set(key, [at]);
    else known.push(at);
  });
  const parts = [...byJudges.values()].map((own) => {
    const { judges } = sorted[own[0] as number] as Answered;
    const asked = judges.map((judge, k) =>
      pickRows(
        members[judge] as PredictedRows,
        own.map((at) => (sorted[at] as Answered).places[k] as number),
      ),
    );
    return { own, rows: combine(asked, rule) };
  });
  const all = joined(parts.map(({ rows }) => rows));
  const placeOf = new Uint32Array(sorted.length);
  parts
    .flatMap(({ own }) => own)
    .forEach((at, place) => {
      placeOf[at] = place;
    });
  return pickRows(all, Array.from(placeOf));
}

/** One behind the other. */
function joined(parts: readonly PredictedRows[]): PredictedRows {
  const first = parts[0] as PredictedRows;
  const flat = (of: (rows: PredictedRows) => ArrayLike<number>): Float64Array => {
    const lists = parts.map(of);
    const all = new Float64Array(lists.reduce((sum, { length }) => sum + length, 0));
    let from = 0;
    for (const list of lists) {
      all.set(list, from);
      from += list.length;
    }
    return all;
  };
  return {
    ...first,
    rows: parts.reduce((sum, { rows }) => sum + rows, 0),
    predictions: flat(({ predictions }) => predictions),
    targets: flat(({ targets }) => targets),
    weights: first.weights === null ? null : flat(({ weights }) => weights ?? []),
    rowIds: Uint32Array.from(flat(({ rowIds }) => rowIds)),
  };
}

/** What an out-of-bag answer is worth, beside each member's own rows. */
export interface JudgedOutOfBag extends OutOfBag {
  /** Of the errors: share of wrong answers, or mean absolute error. */
  readonly measure: ReturnType<typeof errorsOfRows>["kind"];
  readonly error: number;
  readonly figures: ReturnType<typeof figuresOfRows>;
  readonly memberErrors: readonly number[];
}

/** As outOfBag. */
export function judgedOutOfBag(...asked: Parameters<typeof outOfBag>): JudgedOutOfBag | null {
  const found = outOfBag(...asked);
  if (found === null) return null;
  const { rows } = found;
  const [members] = asked;
  return {
    ...found,
    measure: errorsOfRows(rows).kind,
    error: meanError(rows),
    figures: figuresOfRows(rows),
    memberErrors: members.map(meanError),
  };
}

function meanError(rows: PredictedRows): number {
  const { values } = errorsOfRows(rows);
  return Array.from(values).reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
