/** Two runs over the same rows: where they say something else, with what stands in those rows. */
import { alignRows } from "../../../core/ensembles/align.ts";
import { disagreementsOf } from "../../../core/ensembles/disagreements.ts";
import { AppError } from "../../../core/errors.ts";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import type { MethodInput, MethodOutput, Run } from "../../../core/protocol/methods.ts";
import { actualWords, saidWords } from "../../../core/train/predicted-rows.ts";
import { queryStored } from "../datasets/load-table.ts";
import { rowsByNumber } from "../datasets/stored-table.ts";
import type { SliceSurroundings } from "./slices.ts";

export function disagreementHandlers(around: SliceSurroundings): Pick<HostHandlers, "runs.disagreements"> {
  return { "runs.disagreements": (input) => disagreements(around, input) };
}

async function disagreements(
  { store, predictions, tablePath }: SliceSurroundings,
  { ids, part, only, count }: MethodInput<"runs.disagreements">,
): Promise<MethodOutput<"runs.disagreements">> {
  const runs = ids.map((id) => store.getRun(id));
  const datasetId = requireSameData(runs);
  const asked = [await predictions.of(ids[0], part, null), await predictions.of(ids[1], part, null)];
  const { members, left } = alignRows(
    asked,
    runs.map(({ name }) => name),
  );
  const [first, second] = members;
  if (first === undefined || second === undefined) throw new Error("two runs are compared");
  const { rows, errors, counts, ...found } = disagreementsOf(first, second);
  const wanted = only === null ? rows : rows.filter(({ better }) => better === only);
  const shown = wanted.slice(0, count);
  const path = await tablePath(datasetId);
  const numbers = shown.map(({ place }) => first.rowIds[place] as number);
  const table = await queryStored(path, (database) => rowsByNumber(database, path, numbers));
  return {
    ...found,
    task: first.task.kind,
    compared: first.rows,
    left: [left[0] ?? 0, left[1] ?? 0],
    counts: { ...counts },
    errors: [errors[0], errors[1]],
    differing: rows.length,
    total: wanted.length,
    columns: table.columns,
    rows: shown.map(({ place, better }, k) => ({
      row: first.rowIds[place] as number,
      actual: actualWords(first, place),
      first: saidWords(first, place),
      second: saidWords(second, place),
      better,
      cells: table.rows[k] ?? [],
    })),
  };
}

/** Rows are known by their number, which is one of the same file only. @throws AppError ensemble.data_differs, run.no_dataset */
export function requireSameData(runs: readonly Run[]): string {
  const [first] = runs;
  if (first === undefined || first.dataset_id === null) throw new AppError("run.no_dataset", { name: first?.name ?? "" });
  const other = runs.find((run) => run.data_fingerprint !== first.data_fingerprint);
  if (other !== undefined) throw new AppError("ensemble.data_differs", { first: first.name, second: other.name });
  return first.dataset_id;
}
