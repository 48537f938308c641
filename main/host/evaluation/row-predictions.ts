/**
 * What runs say of single rows: asked of a worker, and the last few kept, because slices, residuals and comparisons ask the same again.
 * What is computed of all rows (an ensemble's answer, an evaluation) is a worker's too: the host stays free to answer.
 */
import { isBaseline } from "../../../core/baselines/backend.ts";
import { ensembleAnswer } from "../../../core/ensembles/answer.ts";
import { type Ensemble, isEnsemble } from "../../../core/ensembles/ensemble.ts";
import { AppError } from "../../../core/errors.ts";
import type { Evaluation, Run } from "../../../core/protocol/methods.ts";
import type { PredictedRows } from "../../../core/train/predicted-rows.ts";
import type { Task } from "../../engine/task.ts";
import { answered, type StartTask } from "../../engine/task-handle.ts";
import type { Store } from "../../store/store.ts";
import { baselineRows } from "../baselines/judge-baseline.ts";
import { ensembleOf, membersOf } from "../ensembles/ensemble-rows.ts";
import { keptData } from "../ensembles/shared-rows.ts";
import type { TrainedModels } from "../exports/trained-model.ts";
import { askParts } from "./ask-parts.ts";
import { designForOther, threadsOf } from "./asked-design.ts";
import { CANCELLED, orCancelled, type RowsWatch, stretchOf, taskOptions } from "./watched-questions.ts";

export type RowPart = "training" | "validation" | "test";

/** Numbers that are kept in all. */
const MOST_KEPT_NUMBERS = 8_000_000;
/** What an ensemble says of so many rows is computed sooner than a worker starts. */
const FEW_ROWS = 2000;

interface AskedRows {
  readonly part: RowPart;
  /** Data set of which all rows are asked, in place of the part. */
  readonly otherId: string | null;
}

export class RowPredictions {
  private readonly around: {
    readonly store: Store;
    readonly models: TrainedModels;
    readonly startTask: StartTask;
    readonly tablePath: (datasetId: string) => Promise<string>;
  };
  /** Another number once some model says something else of the same rows. */
  generation = 0;
  /** Oldest first. */
  private readonly kept = new Map<string, { readonly rows: Promise<PredictedRows>; size: number }>();

  constructor(around: RowPredictions["around"]) {
    this.around = around;
  }

  /**
   * @param nodeId  the first output when null
   * @param otherId data set of which all rows are asked, in place of the part
   * @throws AppError run.no_dataset, run.no_model, run.no_rows, run.no_test_rows, run.evaluation_cancelled, data.*
   */
  async of(
    runId: string,
    part: RowPart,
    nodeId: string | null,
    otherId: string | null = null,
    watch: RowsWatch = {},
  ): Promise<PredictedRows> {
    const run = this.around.store.getRun(runId);
    const key = keyOf(run, nodeId, { part, otherId });
    for (;;) {
      const known = this.kept.get(key);
      const entry = known ?? { rows: this.ask(run, nodeId, { part, otherId }, watch), size: 0 };
      this.kept.delete(key);
      this.kept.set(key, entry);
      try {
        const rows = await orCancelled(entry.rows, watch.signal);
        entry.size = rows.predictions.length + rows.targets.length;
        this.forgetOld();
        return rows;
      } catch (thrown) {
        const cancelled = thrown instanceof AppError && thrown.code === CANCELLED;
        // Where it is only this question that ended, those who wait for the same rows still get them.
        if (known === undefined || !cancelled) this.forget(key, entry);
        else if (watch.signal?.aborted !== true) {
          // It was somebody else's question that was cancelled.
          this.forget(key, entry);
          continue;
        }
        throw thrown;
      }
    }
  }

  /** Its model says something else from now on, and so do ensembles with it. */
  forgetAll(): void {
    this.kept.clear();
    this.generation += 1;
  }

  /** Full evaluation of rows that were asked for. */
  async evaluated(rows: PredictedRows, watch: RowsWatch = {}): Promise<Evaluation> {
    const answer = await this.around.startTask({ kind: "evaluate_rows", rows }, taskOptions(watch));
    return answered(answer, "evaluation").evaluation;
  }

  /** What runs say together. @throws AppError ensemble.* */
  async combined(
    runs: readonly Run[],
    rule: Ensemble["rule"],
    { part, otherId }: AskedRows,
    watch: RowsWatch = {},
  ): Promise<PredictedRows> {
    const learns = rule === "stacking" && (otherId !== null || part !== "validation");
    const found = await this.each(runs, { part, otherId }, stretchOf(watch, 0, learns ? 0.5 : 1));
    const learnt = learns ? await this.each(runs, { part: "validation", otherId: null }, stretchOf(watch, 0.5, 1)) : null;
    const names = runs.map(({ name }) => name);
    const task = { kind: "combine", rule, names, asked: found, part: otherId === null ? part : null, learnt } as const;
    return this.rowsOf(task, names[0] ?? "", watch);
  }

  /** What runs say together of rows that they were asked about already. @throws AppError ensemble.* */
  async together(
    asked: readonly PredictedRows[],
    runs: readonly Run[],
    rule: Ensemble["rule"],
    watch: RowsWatch = {},
  ): Promise<PredictedRows> {
    const names = runs.map(({ name }) => name);
    const learns = rule === "stacking";
    if (!learns && (asked[0]?.rows ?? 0) <= FEW_ROWS) return ensembleAnswer({ rule, names, asked, part: null, learnt: null });
    const learnt = learns ? await this.each(runs, { part: "validation", otherId: null }, stretchOf(watch, 1, 1)) : null;
    return this.rowsOf({ kind: "combine", rule, names, asked, part: null, learnt }, names[0] ?? "", watch);
  }

  /** What each of several runs of one data set says: those that are not known yet are asked in one worker. */
  async each(runs: readonly Run[], asked: AskedRows, watch: RowsWatch = {}): Promise<PredictedRows[]> {
    const unknown = runs.filter((run) => !isEnsemble(run) && !isBaseline(run) && !this.kept.has(keyOf(run, null, asked)));
    if (unknown.length > 0) {
      const together = this.askTogether(unknown, asked, watch);
      const entries = unknown.map((run, place) => ({
        key: keyOf(run, null, asked),
        entry: { rows: together.then((rows) => rowsFrom(rows[place] ?? null, run.name)), size: 0 },
      }));
      for (const { key, entry } of entries) {
        this.kept.set(key, entry);
        // Where one of them cannot be asked, the others can be later on.
        entry.rows.catch(() => together.catch(() => this.forget(key, entry)));
      }
    }
    const found: PredictedRows[] = [];
    for (const { id } of runs) found.push(await this.of(id, asked.part, null, asked.otherId, stretchOf(watch, 1, 1)));
    return found;
  }

  private async ask(run: Run, nodeId: string | null, asked: AskedRows, watch: RowsWatch): Promise<PredictedRows> {
    if (isEnsemble(run)) {
      const ensemble = ensembleOf(run);
      return this.combined(membersOf(this.around.store, ensemble), ensemble.rule, asked, watch);
    }
    if (isBaseline(run)) return rowsFrom(await baselineRows(this.around, run, rowsAsked(asked), nodeId, watch), run.name);
    const [rows] = await this.askTogether([run], asked, watch, nodeId);
    return rowsFrom(rows ?? null, run.name);
  }

  private async askTogether(runs: readonly Run[], asked: AskedRows, watch: RowsWatch, nodeId: string | null = null) {
    const { store, models, tablePath, startTask } = this.around;
    const { part, otherId } = asked;
    const datasetId = otherId ?? keptData(runs);
    if (datasetId === null) throw new AppError("run.no_dataset", { name: runs[0]?.name ?? "" });
    const questions = runs.map(({ id }) => ({
      model: () => models.file(id),
      design: otherId === null ? store.runDesign(id) : designForOther(store, id, otherId),
      part: otherId === null ? part : ("all" as const),
      nodeId,
    }));
    const parts = await askParts({ startTask, path: await tablePath(datasetId), threads: threadsOf(store) }, questions, watch);
    return parts.map(({ rows }) => rows);
  }

  private async rowsOf(task: Task, name: string, watch: RowsWatch): Promise<PredictedRows> {
    return rowsFrom(answered(await this.around.startTask(task, taskOptions(watch)), "predicted_rows").rows, name);
  }

  private forget(key: string, entry: object): void {
    if (this.kept.get(key) === entry) this.kept.delete(key);
  }

  /** Those still being asked for count nothing yet: an ensemble waits for its members, which must not wait for it. */
  private forgetOld(): void {
    let total = [...this.kept.values()].reduce((sum, { size }) => sum + size, 0);
    // The newest stays, however large.
    for (const [key, { size }] of [...this.kept].slice(0, -1)) {
      if (total <= MOST_KEPT_NUMBERS) return;
      this.kept.delete(key);
      total -= size;
    }
  }
}

/** A run that goes on has another model afterwards. */
function keyOf(run: Run, nodeId: string | null, { part, otherId }: AskedRows): string {
  return JSON.stringify([run.id, run.step, run.ended_at, run.dataset_id, otherId ?? part, nodeId]);
}

const rowsAsked = ({ part, otherId }: AskedRows) => (otherId === null ? { part } : { datasetId: otherId });

/** @throws AppError run.no_rows */
function rowsFrom(rows: PredictedRows | null, name: string): PredictedRows {
  if (rows === null || rows.rows === 0) throw new AppError("run.no_rows", { name });
  return rows;
}
