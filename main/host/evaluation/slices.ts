/** Figures by the values of a column, and residuals: the run says what it predicts of each row, the table what stands in it; a worker brings them together. */
import { AppError } from "../../../core/errors.ts";
import type { ColumnDocument } from "../../../core/graph/document.ts";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import type { MethodInput, MethodOutput } from "../../../core/protocol/methods.ts";
import type { StoredColumns } from "../../engine/rows-task.ts";
import { answered, type StartTask } from "../../engine/task-handle.ts";
import type { Store } from "../../store/store.ts";
import type { RowPredictions } from "./row-predictions.ts";
import { type RowsWatch, stretchOf, taskOptions, type WatchedQuestions } from "./watched-questions.ts";

/** Share of the work that the rows are; the rest brings them together. */
export const ROWS_SHARE = 0.9;

export interface SliceSurroundings {
  readonly store: Store;
  readonly predictions: RowPredictions;
  readonly questions: WatchedQuestions;
  readonly startTask: StartTask;
  readonly tablePath: (datasetId: string) => Promise<string>;
}

export function sliceHandlers(around: SliceSurroundings): Pick<HostHandlers, "runs.slices" | "runs.residuals"> {
  const { questions } = around;
  return {
    "runs.slices": ({ task_id, ...input }) => questions.ask(task_id, (watch) => slicesOf(around, input, watch)),
    "runs.residuals": ({ task_id, ...input }) => questions.ask(task_id, (watch) => residualsOf(around, input, watch)),
  };
}

async function slicesOf(
  around: SliceSurroundings,
  { id, part, dataset_id: other, node_id, column, across, bins }: MethodInput<"runs.slices">,
  watch: RowsWatch,
): Promise<MethodOutput<"runs.slices">> {
  const columns = across === undefined ? [column] : [column, across];
  const { beside, dates } = await storedColumns(around, id, columns, other ?? null);
  const rows = await around.predictions.of(id, part, node_id, other ?? null, stretchOf(watch, 0, ROWS_SHARE));
  const answer = await around.startTask({ kind: "slices", rows, beside, column, across: across ?? null, bins }, taskOptions(watch));
  return { ...answered(answer, "slices").found, dates: dates(column), across_dates: across !== undefined && dates(across) };
}

export async function residualsOf(
  around: SliceSurroundings,
  { id, part, dataset_id: other, node_id, target, against }: MethodInput<"runs.residuals">,
  watch: RowsWatch,
): Promise<MethodOutput<"runs.residuals">> {
  const read = against === null ? null : await storedColumns(around, id, [against], other ?? null);
  const rows = await around.predictions.of(id, part, node_id, other ?? null, stretchOf(watch, 0, ROWS_SHARE));
  const answer = await around.startTask({ kind: "residuals", rows, beside: read?.beside ?? null, target, against }, taskOptions(watch));
  const { summary, ...found } = answered(answer, "residuals").found;
  const copied = { ...summary, quantiles: [...summary.quantiles], histogram: [...summary.histogram] };
  return { ...found, summary: copied, dates: against !== null && read?.dates(against) === true };
}

/** Columns of the run's data (or of another data set) as its design reads them, whatever their roles. @throws AppError data.column_missing, run.not_sliced */
export async function storedColumns(
  { store, tablePath }: SliceSurroundings,
  runId: string,
  names: readonly string[],
  other: string | null = null,
): Promise<{ readonly beside: StoredColumns; readonly dates: (name: string) => boolean }> {
  const run = store.getRun(runId);
  const datasetId = other ?? run.dataset_id;
  if (datasetId === null) throw new AppError("run.no_dataset", { name: run.name });
  const known = store.runDesign(runId).data?.columns ?? [];
  const columns = [...new Set(names)].map((name): ColumnDocument => {
    const document = known.find((column) => column.name === name);
    if (document === undefined) throw new AppError("data.column_missing", { columns: name, count: 1 });
    if (document.type === "picture") throw new AppError("run.not_sliced", { column: name });
    // As a target a text is read as words rather than as a text to learn from.
    return { ...document, role: "target" };
  });
  const dates = (name: string): boolean => columns.some((column) => column.name === name && column.type === "date");
  return { beside: { path: await tablePath(datasetId), columns }, dates };
}
