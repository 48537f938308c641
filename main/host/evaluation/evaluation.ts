/** Full evaluations of runs and learning-rate range tests: asked of a worker, so that the host stays free to answer. */

import { isBaseline } from "../../../core/baselines/backend.ts";
import { isEnsemble } from "../../../core/ensembles/ensemble.ts";
import { AppError } from "../../../core/errors.ts";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import type { Evaluation, MethodInput, MethodOutput, Run } from "../../../core/protocol/methods.ts";
import { bytesSetting } from "../../../core/protocol/number-settings.ts";
import type { ExaminedRows } from "../../../core/train/examined-rows.ts";
import { answered, type StartTask } from "../../engine/task-handle.ts";
import type { EvaluatedPart, Store } from "../../store/store.ts";
import { judgedBaseline } from "../baselines/judge-baseline.ts";
import { queryStored } from "../datasets/load-table.ts";
import { rowsByNumber } from "../datasets/stored-table.ts";
import type { HostEvents } from "../events.ts";
import type { AskedModels } from "../exports/asked-model.ts";
import type { TrainedModels } from "../exports/trained-model.ts";
import { refuseForeignChoices } from "../runs/sound-design.ts";
import { designForOther, threadsOf } from "./asked-design.ts";
import type { RowPredictions } from "./row-predictions.ts";
import { type RowsWatch, taskOptions, type WatchedQuestions } from "./watched-questions.ts";

export interface EvaluationSurroundings {
  readonly store: Store;
  readonly events: HostEvents;
  readonly models: TrainedModels;
  readonly predictions: RowPredictions;
  /** Has models open beside the host's own thread. */
  readonly asked: AskedModels;
  readonly questions: WatchedQuestions;
  readonly startTask: StartTask;
  readonly tablePath: (datasetId: string) => Promise<string>;
  /** Told when a run's model decides otherwise than before, once its own figures are made. */
  readonly decidesAnew: (runId: string) => Promise<void>;
}

type Handlers = Pick<
  HostHandlers,
  "runs.keep_threshold" | "runs.evaluation" | "runs.examples" | "training.range_test" | "training.cancel_range_test"
>;

export function evaluationHandlers(around: EvaluationSurroundings): Handlers {
  const tests = new Map<string, AbortController>();
  const { questions } = around;
  return {
    "runs.evaluation": ({ task_id: taskId, ...input }) =>
      questions.ask(taskId, async (watch) => ({ evaluation: await asked(around, input, watch) })),
    "runs.keep_threshold": async (input) => {
      await keepThreshold(around, input);
      return {};
    },
    "runs.examples": ({ task_id: taskId, ...input }) => questions.ask(taskId, (watch) => examplesOf(around, input, watch)),
    "training.range_test": async (input) => {
      if (tests.has(input.test_id)) throw new AppError("train.range_test_running", {});
      const controller = new AbortController();
      tests.set(input.test_id, controller);
      try {
        return await rangeTest(around, input, controller.signal);
      } finally {
        tests.delete(input.test_id);
      }
    },
    "training.cancel_range_test": async ({ test_id }) => {
      tests.get(test_id)?.abort();
      return {};
    },
  };
}

async function asked(around: EvaluationSurroundings, input: MethodInput<"runs.evaluation">, watch: RowsWatch): Promise<Evaluation> {
  if ("part" in input) return ofOwnRows(around, input.id, input.part, watch);
  const run = around.store.getRun(input.id);
  if (isEnsemble(run)) return ofEnsemble(around, input.id, "validation", input.dataset_id, watch);
  if (isBaseline(run)) return judgedBaseline(around, run, { datasetId: input.dataset_id }, watch);
  return evaluate(around, input.id, input.dataset_id, "all", { watch });
}

/** As kept with the run; made now, and kept, where it was not. */
export async function ofOwnRows(
  around: EvaluationSurroundings,
  runId: string,
  part: EvaluatedPart | "test",
  watch: RowsWatch,
): Promise<Evaluation> {
  const { store, predictions } = around;
  const judge = (run: Run, datasetId: string): Promise<Evaluation> => {
    if (isEnsemble(run)) return ofEnsemble(around, runId, part, null, watch);
    if (isBaseline(run)) return judgedBaseline(around, run, { part }, watch);
    return evaluate(around, runId, datasetId, part, { watch });
  };
  for (;;) {
    // Rows for the last test are looked at seldom: that evaluation is made when asked for, and not kept.
    const kept = part === "test" ? null : store.loadEvaluation(runId, part);
    if (kept !== null) return kept;
    const run = store.getRun(runId);
    if (run.dataset_id === null) throw new AppError("run.no_dataset", { name: run.name });
    const { generation } = predictions;
    const evaluation = await judge(run, run.dataset_id);
    // A model decides otherwise by now: it is asked again.
    if (predictions.generation !== generation) continue;
    if (part !== "test") store.saveEvaluation(runId, part, evaluation);
    return evaluation;
  }
}

/** Its members one after the other, then all of them together. */
async function ofEnsemble(
  { predictions }: EvaluationSurroundings,
  runId: string,
  part: EvaluatedPart | "test",
  otherId: string | null,
  watch: RowsWatch,
): Promise<Evaluation> {
  return predictions.evaluated(await predictions.of(runId, part, null, otherId, watch), watch);
}

async function evaluate(
  { models, store, startTask, tablePath }: EvaluationSurroundings,
  runId: string,
  datasetId: string,
  part: EvaluatedPart | "test" | "all",
  { model, watch = {} }: { readonly model?: Uint8Array; readonly watch?: RowsWatch } = {},
): Promise<Evaluation> {
  const task = { kind: "evaluate", model: model ?? (await models.file(runId)), part } as const;
  const design = designForOther(store, runId, datasetId);
  const table = { path: await tablePath(datasetId) };
  const answer = await startTask({ ...task, design, table, threads: threadsOf(store) }, taskOptions(watch));
  return answered(answer, "evaluation").evaluation;
}

/**
 * The evaluations that were kept are made again first, so that model and figures change together.
 * @throws AppError run.threshold_not_here
 */
async function keepThreshold(
  around: EvaluationSurroundings,
  { id: runId, node_id: nodeId, threshold: chosen, label }: MethodInput<"runs.keep_threshold">,
): Promise<void> {
  const { store, predictions } = around;
  const model = await around.asked.withThreshold(runId, { nodeId, threshold: chosen, label: label ?? null });
  const { dataset_id: datasetId, sampled_steps } = store.getRun(runId);
  const keptParts = (): EvaluatedPart[] =>
    datasetId === null ? [] : (["training", "validation"] as const).filter((part) => store.loadEvaluation(runId, part) !== null);
  const judged = (part: EvaluatedPart): Promise<Evaluation> => evaluate(around, runId, datasetId ?? "", part, { model });
  const made = new Map<EvaluatedPart, Evaluation>();
  for (const part of keptParts()) made.set(part, await judged(part));
  await store.saveModel(runId, model, { sampled_steps: sampled_steps ?? [] });
  for (const [part, evaluation] of made) store.saveEvaluation(runId, part, evaluation);
  predictions.forgetAll();
  // Somebody asked for these meanwhile, and they were kept of the model before.
  for (const part of keptParts()) if (!made.has(part)) store.saveEvaluation(runId, part, await judged(part));
  await around.decidesAnew(runId);
}

/** Which rows, the model says (or an ensemble's members, or a baseline that is fitted again); what stands in them, the stored table. */
async function examplesOf(
  around: EvaluationSurroundings,
  { id, part, dataset_id: otherId, node_id: nodeId, actual, predicted, count }: MethodInput<"runs.examples">,
  watch: RowsWatch,
): Promise<MethodOutput<"runs.examples">> {
  const { store, models, predictions, startTask, tablePath } = around;
  const run = store.getRun(id);
  const datasetId = otherId ?? run.dataset_id;
  if (datasetId === null) throw new AppError("run.no_dataset", { name: run.name });
  const path = await tablePath(datasetId);
  const examined = async (): Promise<ExaminedRows> => {
    if (isEnsemble(run) || isBaseline(run)) {
      const all = await predictions.of(id, part, isEnsemble(run) ? null : nodeId, otherId ?? null, watch);
      const task = { kind: "examine_rows", rows: all, question: { actual, predicted, count } } as const;
      return answered(await startTask(task, taskOptions(watch)), "examined").found;
    }
    const design = otherId === undefined ? store.runDesign(id) : designForOther(store, id, otherId);
    const question = { nodeId, actual, predicted, count };
    const task = { kind: "examine", model: await models.file(id), design, part: otherId === undefined ? part : "all", question } as const;
    return answered(await startTask({ ...task, table: { path }, threads: threadsOf(store) }, taskOptions(watch)), "examined").found;
  };
  const found = await examined();
  const numbers = found.rows.map(({ row }) => row);
  const { columns, rows: cells } = await queryStored(path, (database) => rowsByNumber(database, path, numbers));
  const rows = found.rows.map(({ error, ...row }, place) => ({
    ...row,
    error: Number.isFinite(error) ? error : null,
    cells: cells[place] ?? [],
  }));
  return { total: found.total, columns, target_column: found.targetColumn, rows };
}

async function rangeTest(
  { store, events, startTask, tablePath }: EvaluationSurroundings,
  { test_id, design, dataset_id, from, to, steps }: MethodInput<"training.range_test">,
  signal: AbortSignal,
): Promise<MethodOutput<"training.range_test">> {
  refuseForeignChoices(design, store.getDataset(dataset_id).profile.dataset.fingerprint);
  const answer = await startTask(
    {
      kind: "range_test",
      design,
      table: { path: await tablePath(dataset_id) },
      threads: threadsOf(store),
      memoryLimitBytes: bytesSetting(store.getSettings(), "memory_limit_mb"),
      from,
      to,
      steps,
    },
    {
      signal,
      onMessage: (message) => {
        if (message.kind === "points") events.emit("range_test.progress", { test_id, points: message.points });
      },
    },
  );
  return answered(answer, "range_test").answer;
}
