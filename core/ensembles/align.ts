/** Predictions of several runs brought to the rows that all of them were asked about, so that they can be compared or combined. */
import { AppError } from "../errors.ts";
import { type PredictedRows, pickRows } from "../train/predicted-rows.ts";

/** Targets go through float32 and, scaled, through the steps of each run's own preparation. */
const SAME_TARGET = 1e-4;

export interface Aligned {
  /** In the order of the runs, the same rows in the same order. */
  readonly members: readonly PredictedRows[];
  /** Rows of each that others lack. */
  readonly left: readonly number[];
}

/**
 * @param names of the runs, for what is said when they do not fit
 * @throws AppError ensemble.tasks_differ, ensemble.targets_differ, ensemble.no_common_rows
 */
export function alignRows(all: readonly PredictedRows[], names: readonly string[]): Aligned {
  const [first, ...others] = all;
  if (first === undefined) throw new Error("nothing to align");
  others.forEach((other, k) => requireSameTask(first, other, names[0] ?? "", names[k + 1] ?? ""));
  const places = all.map(placesByKey);
  const keys = [...(places[0] as Map<string, number>).keys()].filter((key) => places.every((own) => own.has(key)));
  if (keys.length === 0) throw new AppError("ensemble.no_common_rows", { first: names[0] ?? "", second: names[1] ?? "" });
  const members = all.map((rows, k) =>
    pickRows(
      rows,
      keys.map((key) => places[k]?.get(key) as number),
    ),
  );
  members.slice(1).forEach((member, k) => requireSameTargets(members[0] as PredictedRows, member, names[0] ?? "", names[k + 1] ?? ""));
  return { members, left: all.map((rows) => rows.rows - keys.length) };
}

/** A row of the table and how many times it came before: of sequences a row comes once a step. */
export function placesByKey({ rowIds }: PredictedRows): Map<string, number> {
  const seen = new Map<number, number>();
  const places = new Map<string, number>();
  rowIds.forEach((row, place) => {
    const before = seen.get(row) ?? 0;
    seen.set(row, before + 1);
    places.set(`${row} ${before}`, place);
  });
  return places;
}

/** @throws AppError ensemble.tasks_differ */
export function requireSameTask(a: PredictedRows, b: PredictedRows, first: string, second: string): void {
  const alike = a.task.kind === b.task.kind && a.task.count === b.task.count && a.labels.every((label, k) => label === b.labels[k]);
  if (!alike) throw new AppError("ensemble.tasks_differ", { first, second });
}

function requireSameTargets(a: PredictedRows, b: PredictedRows, first: string, second: string): void {
  for (let i = 0; i < a.targets.length; i += 1) {
    const [one, other] = [a.targets[i] as number, b.targets[i] as number];
    if (Math.abs(one - other) > SAME_TARGET * Math.max(1, Math.abs(one))) throw new AppError("ensemble.targets_differ", { first, second });
  }
}
