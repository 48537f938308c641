/**
 * A baseline asked about rows: judged on those that are not kept with its run (its test part, or another data set), and what it says of
 * single ones. It has no model: a worker fits it again to the same rows with the same seed, so that it says the same each time.
 */
import { baselineCalled } from "../../../core/baselines/name-in.ts";
import { AppError } from "../../../core/errors.ts";
import type { Evaluation, Run } from "../../../core/protocol/methods.ts";
import type { PredictedRows } from "../../../core/train/predicted-rows.ts";
import type { JudgeBaselineTask } from "../../engine/baseline-task.ts";
import { answered, type StartTask } from "../../engine/task-handle.ts";
import type { Store } from "../../store/store.ts";
import { designForOther } from "../evaluation/asked-design.ts";
import { type RowsWatch, taskOptions } from "../evaluation/watched-questions.ts";

/** What the run of a baseline is made of, kept in `group_options`. */
export const baselineOptions = (name: string): { readonly baseline: string } => ({ baseline: name });

interface JudgeSurroundings {
  readonly store: Store;
  readonly startTask: StartTask;
  readonly tablePath: (datasetId: string) => Promise<string>;
}

type JudgedRows = { readonly part: "training" | "validation" | "test" } | { readonly datasetId: string };

/** @throws AppError baseline.unknown, baseline.*, run.no_dataset, run.no_test_rows, run.evaluation_cancelled, data.* */
export async function judgedBaseline(around: JudgeSurroundings, run: Run, rows: JudgedRows, watch: RowsWatch): Promise<Evaluation> {
  const task = { ...(await taskFor(around, run, rows)), wanted: "evaluation" } as const;
  return answered(await around.startTask(task, taskOptions(watch)), "evaluation").evaluation;
}

/**
 * @param nodeId the first output that it answers when null
 * @returns null where there is no such output, or the part has no rows
 * @throws AppError as judgedBaseline
 */
export async function baselineRows(
  around: JudgeSurroundings,
  run: Run,
  rows: JudgedRows,
  nodeId: string | null,
  watch: RowsWatch,
): Promise<PredictedRows | null> {
  const task = { ...(await taskFor(around, run, rows)), wanted: { rowsOf: nodeId } };
  return answered(await around.startTask(task, taskOptions(watch)), "baseline_rows").rows;
}

async function taskFor({ store, tablePath }: JudgeSurroundings, run: Run, rows: JudgedRows): Promise<Omit<JudgeBaselineTask, "wanted">> {
  if (run.dataset_id === null) throw new AppError("run.no_dataset", { name: run.name });
  const judged = "part" in rows ? rows : { path: await tablePath(rows.datasetId), design: designForOther(store, run.id, rows.datasetId) };
  const table = { path: await tablePath(run.dataset_id) };
  return { kind: "judge_baseline", name: baselineOf(run), design: store.runDesign(run.id), table, judged };
}

/** Runs of before it was kept are known by the name that they were given. @throws AppError baseline.unknown */
function baselineOf({ name, group_options }: Run): string {
  const kept = group_options?.["baseline"];
  if (typeof kept === "string") return kept;
  const known = baselineCalled(name);
  if (known === undefined) throw new AppError("baseline.unknown", { name });
  return known.name;
}
