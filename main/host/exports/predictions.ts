/** A run's predictions for a data set, as a CSV to take away: made by workers, with progress and cancel. */
import { type Ensemble, isEnsemble } from "../../../core/ensembles/ensemble.ts";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import type { MethodInput, Run } from "../../../core/protocol/methods.ts";
import type { PredictedRows } from "../../../core/train/predicted-rows.ts";
import { answered, type StartTask } from "../../engine/task-handle.ts";
import type { Store } from "../../store/store.ts";
import { ensembleOf, membersOf } from "../ensembles/ensemble-rows.ts";
import { filesInBatches } from "../evaluation/ask-parts.ts";
import { threadsOf } from "../evaluation/asked-design.ts";
import type { RowPredictions } from "../evaluation/row-predictions.ts";
import { type RowsWatch, stretchOf, taskOptions, type WatchedQuestions } from "../evaluation/watched-questions.ts";
import type { HostFiles } from "../files.ts";
import type { TrainedModels } from "./trained-model.ts";

interface PredictionSurroundings {
  readonly store: Store;
  readonly files: HostFiles;
  readonly models: TrainedModels;
  readonly predictions: RowPredictions;
  readonly questions: WatchedQuestions;
  readonly startTask: StartTask;
  readonly tablePath: (datasetId: string) => Promise<string>;
}

export function predictionHandlers(around: PredictionSurroundings): Pick<HostHandlers, "exports.predictions"> {
  const { store, files, questions } = around;
  return {
    "exports.predictions": ({ task_id, ...input }) =>
      questions.ask(task_id, async (watch) => {
        const run = store.getRun(input.run_id);
        const asTarget = input.as_target === true && !isEnsemble(run);
        const fileName = `${store.runDesign(run.id).name} ${run.name} ${asTarget ? "submission" : "predictions"}.csv`;
        const { path, token } = files.offer(fileName);
        try {
          const { rows, undated, unknownLinks } = await written(around, run, { ...input, out: path, asTarget }, watch);
          const leftOut = {
            ...(undated === undefined ? {} : { undated_rows: undated }),
            ...(unknownLinks === undefined ? {} : { unknown_links: unknownLinks }),
          };
          return { download: token, file_name: fileName, row_count: rows, ...leftOut };
        } catch (thrown) {
          files.withdraw(token);
          throw thrown;
        }
      }),
  };
}

type Asked = Pick<MethodInput<"exports.predictions">, "dataset_id" | "id_columns"> & { readonly out: string; readonly asTarget: boolean };

/** @returns rows of the file @throws AppError run.no_model, run.evaluation_cancelled, ensemble.*, data.* */
async function written(
  around: PredictionSurroundings,
  run: Run,
  { dataset_id, id_columns: idColumns, out, asTarget }: Asked,
  watch: RowsWatch,
): Promise<{ readonly rows: number; readonly undated?: number; readonly unknownLinks?: number }> {
  const { store, models, startTask, tablePath } = around;
  const path = await tablePath(dataset_id);
  if (isEnsemble(run)) {
    const rows = await togetherOf(around, ensembleOf(run), path, watch);
    return answered(await startTask({ kind: "write_answers", rows, path, idColumns, out }, taskOptions(watch)), "written");
  }
  const task = {
    kind: "write_predictions",
    model: await models.file(run.id),
    threads: threadsOf(store),
    path,
    idColumns,
    out,
    asTarget,
  } as const;
  return answered(await startTask(task, taskOptions(watch)), "written");
}

/** Every member prepares the rows in its own way, and the rule makes one answer. */
async function togetherOf(
  { store, models, predictions, startTask }: PredictionSurroundings,
  ensemble: Ensemble,
  path: string,
  watch: RowsWatch,
): Promise<PredictedRows> {
  const runs = membersOf(store, ensemble);
  const asked: PredictedRows[] = [];
  for await (const [from, few] of filesInBatches(
    runs.map(
      ({ id }) =>
        () =>
          models.file(id),
    ),
  )) {
    const own = stretchOf(watch, from / runs.length, (from + few.length) / runs.length);
    const task = { kind: "answers_of_table", models: few, path, threads: threadsOf(store) } as const;
    asked.push(...answered(await startTask(task, taskOptions(own)), "answers_of_table").asked);
  }
  return predictions.together(asked, runs, ensemble.rule, watch);
}
