/** What runs say of single rows: asked of a worker, and the last few kept, because slices, residuals and comparisons ask the same again. */
import { availableParallelism } from "node:os";
import { AppError } from "../../../core/errors.ts";
import type { PredictedRows } from "../../../core/train/predicted-rows.ts";
import type { StartTask } from "../../engine/task-handle.ts";
import type { Store } from "../../store/store.ts";
import type { TrainedModels } from "../exports/trained-model.ts";

export type RowPart = "training" | "validation" | "test";

/** Numbers that are kept in all. */
const MOST_KEPT_NUMBERS = 8_000_000;

export class RowPredictions {
  private readonly around: {
    readonly store: Store;
    readonly models: TrainedModels;
    readonly startTask: StartTask;
    readonly tablePath: (datasetId: string) => Promise<string>;
  };
  /** Oldest first. */
  private readonly kept = new Map<string, Promise<PredictedRows>>();

  constructor(around: RowPredictions["around"]) {
    this.around = around;
  }

  /** @param nodeId the first output when null. @throws AppError run.no_dataset, run.no_model, run.no_rows, run.no_test_rows, data.* */
  async of(runId: string, part: RowPart, nodeId: string | null): Promise<PredictedRows> {
    const run = this.around.store.getRun(runId);
    // A run that goes on has another model afterwards.
    const key = JSON.stringify([runId, run.step, run.ended_at, run.dataset_id, part, nodeId]);
    const known = this.kept.get(key) ?? this.ask(runId, part, nodeId);
    this.kept.delete(key);
    this.kept.set(key, known);
    try {
      const rows = await known;
      await this.forgetOld();
      return rows;
    } catch (thrown) {
      this.kept.delete(key);
      throw thrown;
    }
  }

  private async ask(runId: string, part: RowPart, nodeId: string | null): Promise<PredictedRows> {
    const { store, models, startTask, tablePath } = this.around;
    const run = store.getRun(runId);
    if (run.dataset_id === null) throw new AppError("run.no_dataset", { name: run.name });
    const task = { kind: "predict_rows", model: models.text(runId), design: store.runDesign(runId), part, nodeId } as const;
    const answer = await startTask({ ...task, table: { path: await tablePath(run.dataset_id) }, threads: threadsOf(store) });
    if (answer.kind !== "predicted_rows") throw new Error(`the task answered with ${answer.kind}`);
    if (answer.rows === null || answer.rows.rows === 0) throw new AppError("run.no_rows", { name: run.name });
    return answer.rows;
  }

  private async forgetOld(): Promise<void> {
    const sizes = await Promise.all(
      [...this.kept].map(async ([key, rows]) => ({
        key,
        size: await rows.then(
          ({ predictions, targets }) => predictions.length + targets.length,
          () => 0,
        ),
      })),
    );
    let total = sizes.reduce((sum, { size }) => sum + size, 0);
    // The newest stays, however large.
    for (const { key, size } of sizes.slice(0, -1)) {
      if (total <= MOST_KEPT_NUMBERS) return;
      this.kept.delete(key);
      total -= size;
    }
  }
}

/** By default a core is left to the window. */
export function threadsOf(store: Store): number {
  const threads = store.getSettings()["threads"];
  return typeof threads === "number" ? threads : Math.max(1, availableParallelism() - 1);
}
