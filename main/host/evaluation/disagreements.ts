/** Two runs over the same rows: where they say something else, with what stands in those rows. */
import type { HostHandlers } from "../../../core/protocol/host.ts";
import type { MethodInput, MethodOutput } from "../../../core/protocol/methods.ts";
import type { PredictedRows } from "../../../core/train/predicted-rows.ts";
import { answered } from "../../engine/task-handle.ts";
import { queryStored } from "../datasets/load-table.ts";
import { rowsByNumber } from "../datasets/stored-table.ts";
import { requireSameData, requireSharedRows } from "../ensembles/shared-rows.ts";
import { ROWS_SHARE, type SliceSurroundings } from "./slices.ts";
import { type RowsWatch, stretchOf, taskOptions } from "./watched-questions.ts";

export function disagreementHandlers(around: SliceSurroundings): Pick<HostHandlers, "runs.disagreements"> {
  return {
    "runs.disagreements": ({ task_id, ...input }) => around.questions.ask(task_id, (watch) => disagreements(around, input, watch)),
  };
}

async function disagreements(
  { store, predictions, startTask, tablePath }: SliceSurroundings,
  { ids, part, only, count }: MethodInput<"runs.disagreements">,
  watch: RowsWatch,
): Promise<MethodOutput<"runs.disagreements">> {
  const [one, other] = [store.getRun(ids[0]), store.getRun(ids[1])];
  const datasetId = requireSameData([one, other]);
  if (part === "validation") requireSharedRows(store, [one, other]);
  const [first, second] = await predictions.each([one, other], { part, otherId: null }, stretchOf(watch, 0, ROWS_SHARE));
  const asked = [first as PredictedRows, second as PredictedRows] as const;
  const answer = await startTask({ kind: "disagreements", asked, names: [one.name, other.name], only, count }, taskOptions(watch));
  const { shown, counts, errors, left, ...found } = answered(answer, "disagreements").found;
  const path = await tablePath(datasetId);
  const numbers = shown.map(({ row }) => row);
  const table = await queryStored(path, (database) => rowsByNumber(database, path, numbers));
  return {
    ...found,
    left: [...left],
    counts: { ...counts },
    errors: [...errors],
    columns: table.columns,
    rows: shown.map((row, k) => ({ ...row, cells: table.rows[k] ?? [] })),
  };
}
