/** A baseline judged on rows that are not kept with its run: its test part, or another data set. It has no model: a worker fits it again to the same rows. */
import { baselineDefinitions } from "../../../core/baselines/definitions.ts";
import { AppError } from "../../../core/errors.ts";
import type { Evaluation, Run } from "../../../core/protocol/methods.ts";
import { answered, type StartTask } from "../../engine/task-handle.ts";
import type { Store } from "../../store/store.ts";
import { designForOther } from "../evaluation/row-predictions.ts";
import { type RowsWatch, taskOptions } from "../evaluation/watched-questions.ts";

/** What the run of a baseline is made of, kept in `group_options`. */
export const baselineOptions = (name: string): { readonly baseline: string } => ({ baseline: name });

interface JudgeSurroundings {
  readonly store: Store;
  readonly startTask: StartTask;
  readonly tablePath: (datasetId: string) => Promise<string>;
}

/** @throws AppError baseline.unknown, baseline.*, run.no_dataset, run.no_test_rows, run.evaluation_cancelled, data.* */
export async function judgedBaseline(
  { store, startTask, tablePath }: JudgeSurroundings,
  run: Run,
  rows: { readonly part: "training" | "validation" | "test" } | { readonly datasetId: string },
  watch: RowsWatch,
): Promise<Evaluation> {
  if (run.dataset_id === null) throw new AppError("run.no_dataset", { name: run.name });
  const judged = "part" in rows ? rows : { path: await tablePath(rows.datasetId), design: designForOther(store, run.id, rows.datasetId) };
  const table = { path: await tablePath(run.dataset_id) };
  const task = { kind: "judge_baseline", name: baselineOf(run), design: store.runDesign(run.id), table, judged } as const;
  return answered(await startTask(task, taskOptions(watch)), "evaluation").evaluation;
}

/** Runs of before it was kept are known by the name that they were given. @throws AppError baseline.unknown */
function baselineOf({ name, group_options }: Run): string {
  const kept = group_options?.["baseline"];
  if (typeof kept === "string") return kept;
  const known = Object.values(baselineDefinitions).find(({ texts }) => texts.en.label === name || texts.zh.label === name);
  if (known === undefined) throw new AppError("baseline.unknown", { name });
  return known.name;
}
