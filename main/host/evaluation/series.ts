/** The fitted curve of a run that learnt from a series: its predictions of every part beside the whole observed column, in the order of time. */
import { AppError } from "../../../core/errors.ts";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import type { MethodInput, MethodOutput } from "../../../core/protocol/methods.ts";
import type { PredictedRows } from "../../../core/train/predicted-rows.ts";
import { answered } from "../../engine/task-handle.ts";
import type { RowPart } from "./row-predictions.ts";
import { ROWS_SHARE, type SliceSurroundings, storedColumns } from "./slices.ts";
import { type RowsWatch, stretchOf, taskOptions } from "./watched-questions.ts";

const PARTS = ["training", "validation", "test"] as const;
/** A part that the split left empty. */
const EMPTY_PART = new Set(["run.no_rows", "run.no_test_rows"]);

export function seriesHandlers(around: SliceSurroundings): Pick<HostHandlers, "runs.series"> {
  return { "runs.series": ({ task_id, ...input }) => around.questions.ask(task_id, (watch) => seriesOf(around, input, watch)) };
}

async function seriesOf(
  around: SliceSurroundings,
  { id, node_id, target, from, to, most }: MethodInput<"runs.series">,
  watch: RowsWatch,
): Promise<MethodOutput<"runs.series">> {
  const window = around.store.runDesign(id).data?.window;
  const { name } = around.store.getRun(id);
  if (window === undefined) throw new AppError("run.no_series", { name });
  const found = await partsOf(around, id, node_id, stretchOf(watch, 0, ROWS_SHARE));
  const [first] = found;
  if (first === undefined || first.rows.task.kind !== "numbers" || target >= first.rows.task.count)
    throw new AppError("run.no_series", { name });
  const { labels } = first.rows;
  const column = labels[target] ?? "";
  const time = window.order_by;
  const { beside, dates } = await storedColumns(around, id, time === null ? [column] : [column, time]);
  const question = { target, horizon: window.horizon, from, to, most };
  const answer = await around.startTask(
    { kind: "fitted_series", parts: found, beside, observed: column, time, question },
    taskOptions(watch),
  );
  const curve = answered(answer, "fitted_series").found;
  if (curve === null) throw new AppError("run.no_series", { name });
  return { ...curve, labels: [...labels], time, dates: time !== null && dates(time), horizon: window.horizon };
}

async function partsOf(
  { predictions }: SliceSurroundings,
  runId: string,
  nodeId: string | null,
  watch: RowsWatch,
): Promise<{ readonly part: RowPart; readonly rows: PredictedRows }[]> {
  const found: { part: RowPart; rows: PredictedRows }[] = [];
  for (const [k, part] of PARTS.entries()) {
    const own = stretchOf(watch, k / PARTS.length, (k + 1) / PARTS.length);
    try {
      found.push({ part, rows: await predictions.of(runId, part, nodeId, null, own) });
    } catch (thrown) {
      if (!(thrown instanceof AppError && EMPTY_PART.has(thrown.code))) throw thrown;
    }
  }
  return found;
}
