/**
 * What a worker does beside training a run: a learning-rate range test, or the evaluation of a model. Messages are plain
 * data; the clock, the backend and the messages are passed in.
 */

import type { Table } from "../../core/data/table.ts";
import { columnsToRead } from "../../core/data/windows.ts";
import { AppError, errorData } from "../../core/errors.ts";
import type { ColumnDocument, DesignDocument } from "../../core/graph/document.ts";
import type { Progress } from "../../core/insight/importance/permutation.ts";
import type { RangePoint } from "../../core/protocol/methods.ts";
import { readTraining } from "../../core/spec/training.ts";
import type { ExaminedRows, RowQuestion } from "../../core/train/examined-rows.ts";
import { type DependenceOnColumn, dependenceOnColumn } from "../../core/train/explain/column-dependence.ts";
import { type ImportanceOfColumns, importanceOfColumns } from "../../core/train/explain/column-importance.ts";
import { ExplainedRows } from "../../core/train/explain/explained-rows.ts";
import { Network } from "../../core/train/network.ts";
import { type PreparedDesign, prepareDesign } from "../../core/train/prepare-design.ts";
import { rangeTest } from "../../core/train/range-test.ts";
import { type BaselineResult, baselinesFor } from "../../core/train/run-baseline.ts";
import { type BesideOutputs, type BesidePart, baselinesOfRows, finished, seriesBaselines } from "../../core/train/series-baselines.ts";
import type { ScanProgress } from "../host/datasets/vectors/scan-file.ts";
import {
  type BaselineListTask,
  type BaselineTask,
  computeBaseline,
  type JudgeBaselineTask,
  type JudgedAgain,
  judgedAgain,
} from "./baseline-task.ts";
import { overMemory, sizeOfRows } from "./disk-rows.ts";
import { answerOfImport, type ImportAnswer, type ImportTask } from "./import-task.ts";
import type { TableSource } from "./messages.ts";
import { answerOfModel, isModelTask, type ModelAnswer, type ModelTask } from "./model-task.ts";
import { type AskedPart, PartOpener, type PartSurroundings } from "./open-part.ts";
import { type PredictedPart, type PredictionTask, predictParts } from "./predict-parts.ts";
import { answerOfPredictions, isPredictionsTask, type PredictionsAnswer, type PredictionsTask } from "./predictions-task.ts";
import { prepareJob } from "./prepare-job.ts";
import { answerOfRows, isRowsTask, type RowsAnswer, type RowsTask, type StoredColumns } from "./rows-task.ts";
import { findVectors, type VectorsAnswer, type VectorsTask } from "./vectors-task.ts";

export interface RangeTestTask {
  readonly kind: "range_test";
  readonly design: DesignDocument;
  readonly table: TableSource;
  readonly threads: number;
  readonly memoryLimitBytes: number;
  readonly from: number;
  readonly to: number;
  readonly steps: number;
}

export interface EvaluationTask extends AskedPart {
  readonly kind: "evaluate";
  readonly table: TableSource;
  readonly threads: number;
}

/** Rows of a part beside what the model says of them. */
export interface ExaminationTask extends Omit<EvaluationTask, "kind"> {
  readonly kind: "examine";
  readonly question: RowQuestion;
}

/** Which columns the model needs: permutation importance, of one output (null: the first). */
export interface ImportanceTask extends Omit<EvaluationTask, "kind"> {
  readonly kind: "importance";
  readonly nodeId: string | null;
  readonly figure: string | null;
  readonly repeats: number;
  readonly seed: number;
}

/** What the model makes of a column: partial dependence. */
export interface DependenceTask extends Omit<EvaluationTask, "kind"> {
  readonly kind: "dependence";
  readonly nodeId: string | null;
  readonly column: string;
  readonly target: number | null;
}

/** What stands beside a result of a time series. */
export interface SeriesBaselinesTask extends Omit<BaselineListTask, "kind"> {
  readonly kind: "series_baselines";
  /** A model file: all rows of the table, prepared as it does. Null: every part of the design's rows, as training split them. */
  readonly model: Uint8Array | null;
}

export type Task = RangeTestTask | TableTask | PartTask | RowsTask | PredictionsTask | PredictionTask | ModelTask | ImportTask;

/** A trained model about a part of the rows. */
type PartTask = EvaluationTask | ExaminationTask | ImportanceTask | DependenceTask;

const PART_TASKS: Readonly<Record<PartTask["kind"], true>> = { evaluate: true, examine: true, importance: true, dependence: true };
const isPartTask = (task: Task): task is PartTask => Object.hasOwn(PART_TASKS, task.kind);

/** Those that need the rows of a data set whole. */
type TableTask = BaselineListTask | BaselineTask | JudgeBaselineTask | SeriesBaselinesTask | VectorsTask;

export interface RangeTestAnswer {
  readonly points: RangePoint[];
  readonly ended: "done" | "diverged" | "cancelled";
  readonly proposed: number | null;
}

export type FromTask =
  | { readonly kind: "points"; readonly points: RangePoint[] }
  | { readonly kind: "range_test"; readonly answer: RangeTestAnswer }
  | { readonly kind: "examined"; readonly found: ExaminedRows }
  | { readonly kind: "predicted_parts"; readonly parts: readonly PredictedPart[] }
  | { readonly kind: "importance"; readonly found: ImportanceOfColumns }
  | { readonly kind: "dependence"; readonly found: DependenceOnColumn }
  | { readonly kind: "importance_progress"; readonly done: number; readonly total: number }
  | { readonly kind: "evaluation_progress"; readonly done: number; readonly total: number }
  | { readonly kind: "baselines"; readonly names: readonly string[] }
  | { readonly kind: "baseline"; readonly result: BaselineResult }
  | JudgedAgain
  | { readonly kind: "series_baselines"; readonly found: Partial<Record<BesidePart | "all", BesideOutputs>> }
  | { readonly kind: "vectors_progress"; readonly progress: ScanProgress }
  | { readonly kind: "vectors"; readonly answer: VectorsAnswer }
  | RowsAnswer
  | PredictionsAnswer
  | ModelAnswer
  | { readonly kind: "import_progress"; readonly done: number }
  | ImportAnswer
  | { readonly kind: "failed"; readonly error: ReturnType<typeof errorData> };

export interface TaskSurroundings extends Omit<PartSurroundings, "loadTable"> {
  readonly nowMs: () => number;
  readonly post: (message: FromTask) => void;
  /** Lets waiting messages be handled. */
  readonly breathe: () => Promise<void>;
  readonly isCancelled: () => boolean;
}

const MESSAGE_INTERVAL_MS = 100;
/** What is asked of several models has no one number of rows: how far it is, is told as a share. */
const SHARES = 1000;
/** How soon a cancel is heard. */
const BREATH_INTERVAL_MS = 20;

/** Does it and posts the answer; never throws: what goes wrong is posted. */
export async function runTask(task: Task, loadTable: (reads: StoredColumns) => Promise<Table>, around: TaskSurroundings): Promise<void> {
  try {
    around.post(await answerTo(task, loadTable, around));
  } catch (error) {
    around.post({ kind: "failed", error: errorData(error) });
  }
}

type PartTaskSurroundings = TaskSurroundings & PartSurroundings;

async function answerTo(task: Task, loadTable: PartSurroundings["loadTable"], given: TaskSurroundings): Promise<FromTask> {
  const around = { ...given, loadTable };
  if (isRowsTask(task)) return answerOfRows(task, around);
  if (isModelTask(task)) return answerOfModel(task);
  if (task.kind === "read_import") return answerOfImport(task, (done) => around.post({ kind: "import_progress", done }));
  if (isPredictionsTask(task)) return answerOfPredictions(task, { ...around, rowsDone: (total) => rowsDone(total, around) });
  if (isPartTask(task)) return answerOfPart(task, around);
  if (task.kind === "range_test") return { kind: "range_test", answer: await testRange(task, around) };
  if (task.kind === "predict_rows") {
    const tell = rowsDone(SHARES, around);
    const onShare = (share: number, isDone: boolean): void => {
      const done = Math.round(share * SHARES);
      if (isDone) around.post({ kind: "evaluation_progress", done, total: SHARES });
      else tell(done);
    };
    const parts = await predictParts(task, { ...around, onShare });
    return { kind: "predicted_parts", parts };
  }
  const columns = columnsToRead(task.design.data);
  if (task.kind !== "vectors") await refuseLarge(task, columns, around);
  return answer(task, await loadTable({ path: task.table.path, columns }), around);
}

/** Baselines learn from all rows at once, and other rows that they judge lie beside them. @throws AppError data.baselines_need_memory */
async function refuseLarge(
  task: BaselineListTask | BaselineTask | JudgeBaselineTask | SeriesBaselinesTask,
  columns: readonly ColumnDocument[],
  { dataMemoryBytes }: PartSurroundings,
): Promise<void> {
  const other = task.kind === "judge_baseline" && "path" in task.judged ? task.judged : null;
  const own = await sizeOfRows(task.table.path, columns, task.design.data);
  const beside = other === null ? null : await sizeOfRows(other.path, columnsToRead(other.design.data), other.design.data);
  const bytes = own.bytes + (beside?.bytes ?? 0);
  if (bytes > dataMemoryBytes) throw overMemory("data.baselines_need_memory", bytes, dataMemoryBytes);
}

async function answerOfPart(task: PartTask, around: PartTaskSurroundings): Promise<FromTask> {
  const opener = new PartOpener(task.table.path, task.threads, around);
  try {
    switch (task.kind) {
      case "evaluate": {
        const { predictor, part } = await opener.open({ ...task, forFigures: true });
        return { kind: "evaluation", evaluation: predictor.evaluate(part, rowsDone(part.rowCount, around)) };
      }
      case "examine": {
        const { predictor, part } = await opener.open(task);
        return { kind: "examined", found: predictor.examine(part, task.question) };
      }
      case "importance":
        return { kind: "importance", found: await inSlices(importanceOfColumns(await explained(task, opener), task), around) };
      case "dependence":
        return { kind: "dependence", found: await inSlices(dependenceOnColumn(await explained(task, opener), task), around) };
      default:
        return task satisfies never;
    }
  } finally {
    await opener.close();
  }
}

async function answer(task: TableTask, table: Table, around: PartTaskSurroundings): Promise<FromTask> {
  switch (task.kind) {
    case "baselines":
      return { kind: "baselines", names: baselinesFor(prepareDesign(task.design, table, { withGaps: true })) };
    case "baseline":
      return { kind: "baseline", result: await computeBaseline(task, table, around) };
    case "judge_baseline":
      return judgedAgain(task, table, { ...around, onFit: fitsDone(around) });
    case "series_baselines":
      return { kind: "series_baselines", found: await besideSeries(task, table, around) };
    case "vectors":
      return { kind: "vectors", answer: await findVectors(task, table, { ...around, onProgress: paced(around) }) };
    default:
      return task satisfies never;
  }
}

/** Tells of progress about ten times a second. */
function paced({ nowMs, post }: TaskSurroundings): (progress: ScanProgress) => void {
  let last = nowMs();
  return (progress) => {
    if (nowMs() - last < MESSAGE_INTERVAL_MS) return;
    last = nowMs();
    post({ kind: "vectors_progress", progress });
  };
}

/** The same of an evaluation. A cancel is not heard: whoever asked ends the worker. */
function rowsDone(total: number, { nowMs, post }: TaskSurroundings): (done: number) => void {
  let last = nowMs();
  return (done) => {
    if (nowMs() - last < MESSAGE_INTERVAL_MS) return;
    last = nowMs();
    post({ kind: "evaluation_progress", done, total });
  };
}

/** The same of a baseline that learns again: its fits, and then the rows. */
function fitsDone({ post }: TaskSurroundings): (done: number, total: number) => void {
  return (done, total) => post({ kind: "evaluation_progress", done, total: total + 1 });
}

/** Not cancelled: it is done in seconds. @throws AppError baseline.*, data.* */
async function besideSeries(
  { design, model, table: { path } }: SeriesBaselinesTask,
  rows: Table,
  around: PartSurroundings,
): Promise<Partial<Record<BesidePart | "all", BesideOutputs>>> {
  const { seed } = readTraining(design.train);
  if (model === null) return finished(seriesBaselines(prepareDesign(design, rows), seed));
  const opener = new PartOpener(path, 1, { ...around, loadTable: async () => rows });
  const { predictor, part } = await opener.open({ part: "all", design, model });
  const found = finished(baselinesOfRows(predictor.pipeline, predictor.outputs, part, seed));
  await opener.close();
  return { all: found };
}

/** Rows that are asked about at most: each is predicted once for every column and repeat. */
const MOST_EXPLAINED_ROWS = 4000;

async function explained(task: ImportanceTask | DependenceTask, opener: PartOpener): Promise<ExplainedRows> {
  const { predictor, part, table } = await opener.openSome(task, MOST_EXPLAINED_ROWS);
  return new ExplainedRows({ predictor, table, part, nodeId: task.nodeId, most: MOST_EXPLAINED_ROWS });
}

/** Tells of progress and hears a cancel on the way. @throws AppError run.importance_cancelled */
async function inSlices<T>(work: Generator<Progress, T>, around: TaskSurroundings): Promise<T> {
  let lastBreath = around.nowMs();
  let lastMessage = lastBreath;
  for (;;) {
    const next = work.next();
    if (next.done === true) return next.value;
    const now = around.nowMs();
    if (now - lastBreath < BREATH_INTERVAL_MS) continue;
    await around.breathe();
    if (around.isCancelled()) throw new AppError("run.importance_cancelled");
    lastBreath = around.nowMs();
    if (now - lastMessage < MESSAGE_INTERVAL_MS) continue;
    around.post({ kind: "importance_progress", ...next.value });
    lastMessage = now;
  }
}

async function testRange(task: RangeTestTask, around: TaskSurroundings): Promise<RangeTestAnswer> {
  const { dataMemoryBytes, workFolder } = around;
  const feeders = around.makeFeeders();
  const { prepared, close } = await prepareJob({ ...task, dataMemoryBytes }, feeders, { workFolder });
  try {
    return await testRangeOn(prepared, task, around);
  } finally {
    feeders.close();
    await close();
  }
}

async function testRangeOn(prepared: PreparedDesign, task: RangeTestTask, around: TaskSurroundings): Promise<RangeTestAnswer> {
  const { from, to, steps } = task;
  const training = readTraining(task.design.train);
  const { spec, encodings, outputs, prepared: data, given } = prepared;
  const network = new Network({
    spec,
    training,
    encodings,
    backend: around.openBackend(training.arithmetic, task.threads),
    trainingRows: data.training.rowCount,
    rowsHaveWeights: data.training.weights !== undefined,
    mixesRows: data.training.mixup !== undefined,
    memoryLimitBytes: task.memoryLimitBytes,
  });
  const points: RangePoint[] = [];
  const test = rangeTest({ network, data, training, outputs, from, to, steps, given });
  let lastMessage = around.nowMs();
  for (;;) {
    const next = test.next();
    if (next.done === true) return { points, ended: next.value.ended, proposed: next.value.proposed };
    points.push(next.value);
    if (around.nowMs() - lastMessage < MESSAGE_INTERVAL_MS) continue;
    around.post({ kind: "points", points: [...points] });
    await around.breathe();
    if (around.isCancelled()) return { points, ended: "cancelled", proposed: null };
    lastMessage = around.nowMs();
  }
}
