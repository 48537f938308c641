/** The fitted curve of a run that learnt from a series: its predictions of every part beside the whole observed column, in the order of time. */
import { AppError } from "../../../core/errors.ts";
import { fittedCurve, type PartPredictions, partSummaries, thinnedCurve } from "../../../core/insight/series/fitted-curve.ts";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import type { MethodInput, MethodOutput } from "../../../core/protocol/methods.ts";
import type { PredictedRows } from "../../../core/train/predicted-rows.ts";
import type { RowPart } from "./row-predictions.ts";
import { columnOf, type SliceSurroundings } from "./slices.ts";

const PARTS = ["training", "validation", "test"] as const;
/** A part that the split left empty. */
const EMPTY_PART = new Set(["run.no_rows", "run.no_test_rows"]);

export function seriesHandlers(around: SliceSurroundings): Pick<HostHandlers, "runs.series"> {
  return { "runs.series": (input) => seriesOf(around, input) };
}

async function seriesOf(
  around: SliceSurroundings,
  { id, node_id, target, from, to, most }: MethodInput<"runs.series">,
): Promise<MethodOutput<"runs.series">> {
  const window = around.store.runDesign(id).data?.window;
  const { name } = around.store.getRun(id);
  if (window === undefined) throw new AppError("run.no_series", { name });
  const found = await partsOf(around, id, node_id);
  const [first] = found;
  if (first === undefined || first.rows.task.kind !== "numbers" || target >= first.rows.task.count)
    throw new AppError("run.no_series", { name });
  const { labels, task } = first.rows;
  const column = labels[target] ?? "";
  const observed = (await columnOf(around, id, column)).cells;
  const time = window.order_by === null ? null : await columnOf(around, id, window.order_by);
  if (observed.kind !== "number" || (time !== null && time.cells.kind !== "number")) throw new AppError("run.no_series", { name });
  const curve = fittedCurve(
    observed.values,
    time === null || time.cells.kind !== "number" ? null : time.cells.values,
    found.map(
      ({ part, rows }): PartPredictions => ({
        part,
        rowIds: rows.rowIds,
        predicted: Float64Array.from({ length: rows.rows }, (_, place) => rows.predictions[place * task.count + target] as number),
      }),
    ),
  );
  return {
    labels: [...labels],
    time: window.order_by,
    dates: time?.dates ?? false,
    horizon: window.horizon,
    total: curve.length,
    parts: partSummaries(curve, window.horizon),
    points: thinnedCurve(curve.slice(from, to ?? curve.length), most),
  };
}

async function partsOf(
  { predictions }: SliceSurroundings,
  runId: string,
  nodeId: string | null,
): Promise<{ readonly part: RowPart; readonly rows: PredictedRows }[]> {
  const found: { part: RowPart; rows: PredictedRows }[] = [];
  for (const part of PARTS) {
    try {
      found.push({ part, rows: await predictions.of(runId, part, nodeId) });
    } catch (thrown) {
      if (!(thrown instanceof AppError && EMPTY_PART.has(thrown.code))) throw thrown;
    }
  }
  return found;
}
