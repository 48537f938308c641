/**
 * Looking inside a run: the network as it was trained, or as it was at the end of an epoch, and the row of its data that the window
 * asks for. Nothing is read, built or kept until somebody asks.
 */
import { ownValues, type PreparedPart } from "../../../core/data/prepared.ts";
import type { Table } from "../../../core/data/table.ts";
import { columnsToRead } from "../../../core/data/windows.ts";
import { AppError } from "../../../core/errors.ts";
import { encodeNumbers } from "../../../core/export/json/numbers.ts";
import { insideView } from "../../../core/insight/inside/registry.ts";
import { evenly, historyOf, type WeightsAtATime } from "../../../core/insight/inside/weights/history.ts";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import type { MethodInput, MethodOutput } from "../../../core/protocol/methods.ts";
import { weightsOfCheckpoint } from "../../../core/train/checkpoint.ts";
import { lookInside, needsOf, offeredViews } from "../../../core/train/inside/look-inside.ts";
import type { Predictor } from "../../../core/train/model.ts";
import { prepareDesign } from "../../../core/train/prepare-design.ts";
import type { SnapshotHeader } from "../../../core/train/snapshots.ts";
import type { Store } from "../../store/store.ts";
import { EpochModels } from "../exports/epoch-models.ts";
import type { TrainedModels } from "../exports/trained-model.ts";
import { loadRow } from "./load-row.ts";

/** Training rows that are drawn over a plane. */
const SAMPLE_ROWS = 400;

/** Of a long run so many epochs are drawn. */
const MOST_EPOCHS = 60;
const HISTORY_BINS = 40;

export interface InsideSurroundings {
  readonly store: Store;
  readonly models: TrainedModels;
  readonly tableOf: (datasetId: string, runId: string) => Promise<Table>;
  readonly tablePath: (datasetId: string) => Promise<string>;
}

export function insideHandlers(around: InsideSurroundings): Pick<HostHandlers, "inside.views" | "inside.look" | "inside.weight_history"> {
  const models = new EpochModels(around);
  return {
    "inside.views": ({ run_id, epoch }) =>
      models.ask(run_id, epoch, ({ network, pipeline }) => ({
        layers: (pipeline.graph === undefined ? offeredViews(network.spec) : []).map(({ layer, views }) => ({
          node_id: layer.id,
          name: layer.name,
          views: views.map((view) => ({ view, of_row: insideView(view).ofRow })),
        })),
      })),
    "inside.look": async ({ run_id, node_id, view, row, epoch }) => {
      const part = await partFor(around, models, { run_id, view, row, epoch });
      return models.ask(run_id, epoch, (predictor) => sent(lookInside(predictor, { nodeId: node_id, view }, part)));
    },
    "inside.weight_history": async ({ run_id, node_id }) => ({ weights: weightHistory(around.store, run_id, node_id) }),
  };
}

/** From the snapshots that the run kept, one read at a time. */
function weightHistory(store: Store, runId: string, nodeId: string): MethodOutput<"inside.weight_history">["weights"] {
  const times = new Map<string, WeightsAtATime[]>();
  for (const { epoch } of evenly(store.listSnapshots(store.getRun(runId).id), MOST_EPOCHS)) {
    const snapshot = store.loadSnapshot(runId, epoch);
    const weights = snapshot === null ? null : weightsOfCheckpoint(snapshot.header as SnapshotHeader, snapshot.bytes);
    for (const { name, values } of (weights ?? []).filter((one) => one.nodeId === nodeId))
      times.set(name, [...(times.get(name) ?? []), { epoch, values }]);
  }
  return [...times].map(([name, own]) => {
    const { epochs, min, max, counts } = historyOf(own, HISTORY_BINS);
    return { name, epochs: [...epochs], min, max, counts: counts.map((bins) => [...bins]) };
  });
}

/** What the view looks at: nothing of the data, one row of them, or some training rows. */
async function partFor(
  { store, tableOf, tablePath }: InsideSurroundings,
  models: EpochModels,
  { run_id, view, row, epoch }: Pick<MethodInput<"inside.look">, "run_id" | "view" | "row" | "epoch">,
): Promise<PreparedPart | null> {
  const needs = needsOf(view);
  if (needs === "nothing") return null;
  const { dataset_id: datasetId, name } = store.getRun(run_id);
  if (datasetId === null) throw new AppError("run.no_dataset", { name });
  const design = store.runDesign(run_id);
  if (needs === "sample") return firstRows(prepareDesign(design, await tableOf(datasetId, run_id)).prepared.training, SAMPLE_ROWS);
  const windowed = await models.ask(run_id, epoch, ({ pipeline }) => pipeline.window !== undefined);
  // A step of a series is nothing without the rows before it.
  const table = windowed ? await tableOf(datasetId, run_id) : await loadRow(await tablePath(datasetId), columnsToRead(design.data), row);
  return models.ask(run_id, epoch, (predictor) => rowOf(prepared(predictor, table), row));
}

/** With its target where the row has one that the network knows. */
function prepared(predictor: Predictor, table: Table): PreparedPart {
  try {
    const part = predictor.prepare(table, true);
    if (part.rowCount > 0) return part;
  } catch (error) {
    // A row without a target can be looked at all the same; what else is wrong with it, the second try says.
    if (!(error instanceof AppError)) throw error;
  }
  return predictor.prepare(table, false);
}

/** @throws AppError inside.row_left_out */
function rowOf(part: PreparedPart, row: number): PreparedPart {
  const place = part.rowIds.indexOf(row);
  if (place < 0) throw new AppError("inside.row_left_out", { row: row + 1 });
  return sliced(part, place, place + 1);
}

const firstRows = (part: PreparedPart, count: number): PreparedPart => sliced(part, 0, Math.min(count, part.rowCount));

function sliced(part: PreparedPart, from: number, to: number): PreparedPart {
  const cut = (rows: PreparedPart["inputs"]): PreparedPart["inputs"] =>
    Object.fromEntries(Object.entries(rows).map(([id, own]) => [id, { shape: own.shape, values: ownValues(own, from, to).slice() }]));
  return { rowCount: to - from, rowIds: part.rowIds.slice(from, to), inputs: cut(part.inputs), targets: cut(part.targets) };
}

function sent({ arrays, labels, figures }: ReturnType<typeof lookInside>): MethodOutput<"inside.look"> {
  return {
    arrays: arrays.map(({ name, shape, values }) => ({ name, shape: [...shape], values: encodeNumbers(values) })),
    labels: Object.fromEntries(Object.entries(labels).map(([name, own]) => [name, [...own]])),
    figures: Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Number.isFinite(value) ? value : null])),
  };
}
