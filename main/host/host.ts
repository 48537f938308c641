/** openHost: puts the services together over one store. Every entry (window, browser, command line, test) opens this. */

import { randomUUID } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { bytesSetting } from "../../core/protocol/number-settings.ts";
import { threadsEnded } from "../engine/native-work.ts";
import { taskStarter } from "../engine/task-handle.ts";
import { trainerStarter } from "../engine/worker-handle.ts";
import { applyRestore } from "../store/backup/apply-restore.ts";
import { openStore } from "../store/sqlite/open.ts";
import { APP_VERSION, appHandlers } from "./app.ts";
import { Baselines } from "./baselines/baselines.ts";
import { SeriesBaselines } from "./baselines/series-baselines.ts";
import { Datasets } from "./datasets/handlers.ts";
import { picturesBeside } from "./datasets/pictures/stored-pictures.ts";
import { vectorsHandlers } from "./datasets/vectors/handlers.ts";
import { purgeVectors } from "./datasets/vectors/purge-vectors.ts";
import { sweepTemporary } from "./datasets/work-folder.ts";
import { ensembleHandlers, evaluateVotesAgain } from "./ensembles/ensembles.ts";
import { thresholdHandlers } from "./evaluation/best-threshold.ts";
import { disagreementHandlers } from "./evaluation/disagreements.ts";
import { type EvaluationSurroundings, evaluationHandlers, ofOwnRows } from "./evaluation/evaluation.ts";
import { importanceHandlers } from "./evaluation/importance.ts";
import { RowPredictions } from "./evaluation/row-predictions.ts";
import { seriesHandlers } from "./evaluation/series.ts";
import { residualsOf, sliceHandlers } from "./evaluation/slices.ts";
import { WatchedQuestions } from "./evaluation/watched-questions.ts";
import { HostEvents } from "./events.ts";
import { AskedModels } from "./exports/asked-model.ts";
import { curveHandlers } from "./exports/curves.ts";
import { exportHandlers } from "./exports/exports.ts";
import { predictionHandlers } from "./exports/predictions.ts";
import { reportHandlers } from "./exports/report.ts";
import { TrainedModels } from "./exports/trained-model.ts";
import { tryHandlers } from "./exports/try-model.ts";
import { trySeriesHandlers } from "./exports/try-series.ts";
import { HostFiles } from "./files.ts";
import type { Host, OpenHostOptions } from "./host-interface.ts";
import { insideHandlers } from "./inside/inside.ts";
import { libraryHandlers } from "./library.ts";
import { importHandlers } from "./projects/import-model.ts";
import { openWindowHandlers } from "./projects/open-windows.ts";
import { ProjectFiles } from "./projects/project-files.ts";
import { projectHandlers } from "./projects/projects.ts";
import { templateHandlers } from "./projects/templates.ts";
import { versionHandlers } from "./projects/versions.ts";
import { resourcesFolder } from "./resources.ts";
import { Bagging } from "./runs/bagging.ts";
import { curveReadingHandlers } from "./runs/curve-reading.ts";
import { Groups } from "./runs/groups.ts";
import { thisOwner } from "./runs/owner.ts";
import { Runs } from "./runs/runs.ts";
import { tableHandlers } from "./tables/handlers.ts";

/** How long what was deleted can be brought back. */
const KEEP_DELETED_MS = 30 * 24 * 3600 * 1000;

/** A host with the parts that entries in the same process may use directly. */
export interface OpenedHost extends Host {
  readonly datasets: Datasets;
  /** Ends the worker of a run as if it had crashed. */
  killTrainer(runId: string): Promise<void>;
}

export async function openHost(o: OpenHostOptions): Promise<OpenedHost> {
  mkdirSync(o.home, { recursive: true });
  const now = (): number => Date.now();
  const newId = (): string => randomUUID();
  // Before anything opens the library; while another window holds it, a backup that was made ready waits on.
  await applyRestore(o.home, now());
  const store = await openStore({ path: join(o.home, "library.sqlite"), now, newId });
  const purge = (): void => {
    for (const fileName of store.purgeDeleted(now() - KEEP_DELETED_MS).fileNames) {
      const table = join(o.home, "datasets", fileName);
      for (const path of [table, picturesBeside(table)]) rmSync(path, { force: true });
    }
    purgeVectors(join(o.home, "datasets", "vectors"), () => store.vectorsInUse(), now());
  };
  purge();
  store.sweepArtifacts();
  await sweepTemporary();
  const events = new HostEvents((error) => process.stderr.write(`A listener of the host's events failed: ${String(error)}\n`));
  const files = new HostFiles(o.home, newId);
  const datasets = new Datasets({ store, events, files, home: o.home, samplesFolder: join(resourcesFolder(), "samples") });
  const makeBuiltin = async (name: string, options: Record<string, number>) => (await datasets.makeBuiltin(name, options)).dataset.id;
  const models = new TrainedModels(store);
  const owner = thisOwner(newId);
  const takeOverQueue = o.takeOverQueue ?? o.entry !== "test";
  const closing = new AbortController();
  const startTask = taskStarter(o.workerUrl, join(o.home, "wide-vectors.json"), closing.signal, () =>
    bytesSetting(store.getSettings(), "data_memory_mb"),
  );
  const runs = new Runs({
    store,
    events,
    now,
    owner,
    start: trainerStarter(o.workerUrl, join(o.home, "wide-vectors.json"), closing.signal),
    startTask,
    takeOverQueue,
    behindWindow: o.entry !== "test",
    tablePath: (id) => datasets.path(id),
  });
  const projectFiles = new ProjectFiles({
    store,
    events,
    files,
    home: o.home,
    appVersion: APP_VERSION,
    keepDeletedMs: KEEP_DELETED_MS,
    now,
    closing: closing.signal,
  });
  const predictions = new RowPredictions({ store, models, startTask, tablePath: (id) => datasets.path(id) });
  const asked = new AskedModels({ store, predictions, workerUrl: o.workerUrl, closing: closing.signal });
  const questions = new WatchedQuestions(events);
  const aroundEnsembles = { store, events, owner, now, predictions, questions, startTask };
  const ensembles = ensembleHandlers(aroundEnsembles);
  const bagging = new Bagging({
    store,
    models,
    startTask,
    tablePath: (id) => datasets.path(id),
    combine: ensembles["ensembles.create"],
  });
  const groups = new Groups({ store, events, files, runs, owner, bagging, questions, newId, takeOverQueue });
  const baselines = new Baselines({ store, events, owner, now, startTask, tablePath: (id) => datasets.path(id) });
  const seriesBaselines = new SeriesBaselines({ store, events, models, startTask, tablePath: (id) => datasets.path(id) });
  const aroundEvaluation: EvaluationSurroundings = {
    store,
    events,
    models,
    predictions,
    asked,
    questions,
    startTask,
    tablePath: (id) => datasets.path(id),
    decidesAnew: async (runId) => {
      bagging.forget();
      await evaluateVotesAgain(aroundEnsembles, runId);
    },
  };
  const shutdown = async ({ checkpoint }: { checkpoint: boolean }): Promise<void> => {
    closing.abort();
    await runs.shutdown(checkpoint);
    await threadsEnded();
    await store.settled();
    store.close();
  };
  runs.takeOver();
  groups.takeOver();
  return {
    handlers: {
      ...appHandlers({
        home: o.home,
        entry: o.entry,
        store,
        quit: (checkpoint) => runs.shutdown(checkpoint),
        settingChanged: (key) => {
          events.emit("app.setting_changed", { key });
          // More may train side by side from now on.
          void runs.queue.startWaiting();
        },
      }),
      ...libraryHandlers({ store, files, events, closing: closing.signal, home: o.home, keepDeletedMs: KEEP_DELETED_MS, now, purge }),
      ...projectHandlers(store, events),
      ...versionHandlers(store),
      ...projectFiles.handlers,
      ...openWindowHandlers(),
      ...templateHandlers(resourcesFolder(), makeBuiltin),
      ...datasets.handlers,
      ...tableHandlers({ store, files, newId, tablePath: (id) => datasets.path(id), workerUrl: o.workerUrl, closing: closing.signal }),
      ...runs.handlers,
      ...curveReadingHandlers(store),
      ...groups.handlers,
      ...tryHandlers({ store, asked, files, tablePath: (id) => datasets.path(id) }),
      ...trySeriesHandlers({ store, asked, tablePath: (id) => datasets.path(id) }),
      ...insideHandlers({
        store,
        events,
        tablePath: (id) => datasets.path(id),
        weightsNow: (runId) => runs.weightsNow(runId),
        workerUrl: o.workerUrl,
        closing: closing.signal,
      }),
      ...evaluationHandlers(aroundEvaluation),
      ...thresholdHandlers({ predictions, questions, startTask }),
      ...sliceHandlers(aroundEvaluation),
      ...questions.handlers,
      ...seriesHandlers({ store, predictions, questions, startTask, tablePath: (id) => datasets.path(id) }),
      ...importanceHandlers({ store, events, models, startTask, tablePath: (id) => datasets.path(id) }),
      ...ensembles,
      ...disagreementHandlers({ store, predictions, questions, startTask, tablePath: (id) => datasets.path(id) }),
      ...baselines.handlers,
      ...seriesBaselines.handlers,
      ...vectorsHandlers({ files, events, startTask, tablePath: (id) => datasets.path(id) }),
      ...exportHandlers({ store, files, models, startTask }),
      ...curveHandlers({ store, files }),
      ...reportHandlers({
        store,
        files,
        beside: seriesBaselines.handlers["baselines.beside"],
        judges: {
          evaluated: (id, part, watch) => ofOwnRows(aroundEvaluation, id, part, watch),
          residuals: (input, watch) => residualsOf(aroundEvaluation, input, watch),
        },
        questions,
        now,
        newId,
      }),
      ...predictionHandlers({ store, files, models, predictions, questions, startTask, tablePath: (id) => datasets.path(id) }),
      ...importHandlers({ store, files, events, owner, now, makeBuiltin, startTask, task: (id, act) => projectFiles.task(id, act) }),
    },
    datasets,
    onEvent: (listener) => events.listen(listener),
    downloads: { resolve: (token) => files.resolve(token) },
    uploads: { folder: files.uploadFolder, register: (path, name) => files.register(path, name) },
    shutdown,
    hasRunningRuns: () => runs.hasRunning(),
    openFile: (path) => projectFiles.open(path),
    killTrainer: (runId) => runs.kill(runId),
  };
}
