/** A run's predictions for a data set, as a CSV to take away. */

import { columnsToRead } from "../../../core/data/windows.ts";
import { isEnsemble } from "../../../core/ensembles/ensemble.ts";
import { AppError } from "../../../core/errors.ts";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import type { MethodOutput, Run } from "../../../core/protocol/methods.ts";
import type { Store } from "../../store/store.ts";
import type { Datasets } from "../datasets/handlers.ts";
import { previewTable } from "../datasets/load-table.ts";
import { writeEnsemblePredictions } from "../ensembles/ensemble-predictions.ts";
import { ensembleOf, membersOf } from "../ensembles/ensemble-rows.ts";
import type { RowPredictions } from "../evaluation/row-predictions.ts";
import type { HostFiles } from "../files.ts";
import type { TrainedModels } from "./trained-model.ts";
import { writePredictions } from "./write-predictions.ts";

export function predictionHandlers(o: {
  readonly store: Store;
  readonly files: HostFiles;
  readonly models: TrainedModels;
  readonly datasets: Datasets;
  readonly predictions: RowPredictions;
}): Pick<HostHandlers, "exports.predictions"> {
  const { store, files, models, datasets } = o;
  return {
    "exports.predictions": async ({ run_id, dataset_id, id_columns, as_target: asTarget = false }) => {
      const run = store.getRun(run_id);
      if (isEnsemble(run)) return ensemblePredictions(o, run, dataset_id, id_columns);
      const predictor = models.predictor(run_id);
      const table = await datasets.table(dataset_id, columnsToRead(predictor.pipeline));
      const fileName = `${store.runDesign(run_id).name} ${store.getRun(run_id).name} ${asTarget ? "submission" : "predictions"}.csv`;
      const { path, token } = files.offer(fileName);
      const idRows = await cellsOf(await datasets.path(dataset_id), id_columns, table.rowCount);
      const row_count = await writePredictions({ predictor, table, idColumns: id_columns, idRows, path, asTarget });
      return { download: token, file_name: fileName, row_count };
    },
  };
}

async function ensemblePredictions(
  { store, files, models, datasets, predictions }: Parameters<typeof predictionHandlers>[0],
  run: Run,
  datasetId: string,
  idColumns: readonly string[],
): Promise<MethodOutput<"exports.predictions">> {
  const ensemble = ensembleOf(run);
  const fileName = `${store.runDesign(run.id).name} ${run.name} predictions.csv`;
  const { path, token } = files.offer(fileName);
  const tablePath = await datasets.path(datasetId);
  const row_count = await writeEnsemblePredictions({
    rule: ensemble.rule,
    runs: membersOf(store, ensemble),
    together: (...rows) => predictions.together(...rows),
    predictor: (id) => models.predictor(id),
    table: (predictor) => datasets.table(datasetId, columnsToRead(predictor.pipeline)),
    idColumns,
    idRows: await cellsOf(tablePath, idColumns, store.getDataset(datasetId).profile.dataset.row_count),
    path,
  });
  return { download: token, file_name: fileName, row_count };
}

/** Texts of some columns, row by row. */
async function cellsOf(path: string, names: readonly string[], rowCount: number): Promise<(string | null)[][]> {
  if (names.length === 0) return [];
  const { columns, rows } = await previewTable(path, 0, rowCount);
  const places = names.map((name) => columns.indexOf(name));
  const missing = names.filter((_, i) => places[i] === -1);
  if (missing.length > 0) throw new AppError("data.column_missing", { columns: missing.join(", "), count: missing.length });
  return rows.map((row) => places.map((place) => row[place] ?? null));
}
