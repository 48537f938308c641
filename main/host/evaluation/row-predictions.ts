/** What runs say of single rows: asked of a worker, and the last few kept, because slices, residuals and comparisons ask the same again. */
import { availableParallelism } from "node:os";
import { isEnsemble } from "../../../core/ensembles/ensemble.ts";
import { AppError } from "../../../core/errors.ts";
import type { DesignDocument } from "../../../core/graph/document.ts";
import { withoutRowChoices } from "../../../core/graph/row-choices.ts";
import type { PredictedRows } from "../../../core/train/predicted-rows.ts";
import type { StartTask } from "../../engine/task-handle.ts";
import type { Store } from "../../store/store.ts";
import { ensembleOf, ensembleRows, ensembleRowsOf, membersOf } from "../ensembles/ensemble-rows.ts";
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
  private readonly kept = new Map<string, { readonly rows: Promise<PredictedRows>; size: number }>();

  constructor(around: RowPredictions["around"]) {
    this.around = around;
  }

  /** @param nodeId the first output when null @param otherId data set of which all rows are asked, in place of the part @throws AppError run.no_dataset, run.no_model, run.no_rows, run.no_test_rows, data.* */
  async of(runId: string, part: RowPart, nodeId: string | null, otherId: string | null = null): Promise<PredictedRows> {
    const run = this.around.store.getRun(runId);
    // A run that goes on has another model afterwards.
    const key = JSON.stringify([runId, run.step, run.ended_at, run.dataset_id, otherId ?? part, nodeId]);
    const entry = this.kept.get(key) ?? { rows: this.ask(runId, part, nodeId, otherId), size: 0 };
    this.kept.delete(key);
    this.kept.set(key, entry);
    try {
      const rows = await entry.rows;
      entry.size = rows.predictions.length + rows.targets.length;
      this.forgetOld();
      return rows;
    } catch (thrown) {
      this.kept.delete(key);
      throw thrown;
    }
  }

  /** Its model says something else from now on, and so do ensembles with it. */
  forgetAll(): void {
    this.kept.clear();
  }

  private async ask(runId: string, part: RowPart, nodeId: string | null, otherId: string | null): Promise<PredictedRows> {
    const { store, models, startTask, tablePath } = this.around;
    const run = store.getRun(runId);
    if (isEnsemble(run)) {
      const ensemble = ensembleOf(run);
      const ask = (member: string, of: RowPart) => this.of(member, of, null);
      const runs = membersOf(store, ensemble);
      if (otherId === null) return ensembleRows(ask, ensemble, runs, part);
      return ensembleRowsOf(ask, (member) => this.of(member, part, null, otherId), ensemble, runs);
    }
    const datasetId = otherId ?? run.dataset_id;
    if (datasetId === null) throw new AppError("run.no_dataset", { name: run.name });
    const design = otherId === null ? store.runDesign(runId) : designForOther(store, runId, otherId);
    const task = { kind: "predict_rows", model: models.text(runId), design, part: otherId === null ? part : "all", nodeId } as const;
    const answer = await startTask({ ...task, table: { path: await tablePath(datasetId) }, threads: threadsOf(store) });
    if (answer.kind !== "predicted_rows") throw new Error(`the task answered with ${answer.kind}`);
    if (answer.rows === null || answer.rows.rows === 0) throw new AppError("run.no_rows", { name: run.name });
    return answer.rows;
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

/** What was chosen about rows of the run's data says nothing of the rows of others. */
export function designForOther(store: Store, runId: string, datasetId: string): DesignDocument {
  const design = store.runDesign(runId);
  const { fingerprint } = store.getDataset(datasetId).profile.dataset;
  if (design.data === null || design.data.row_choices?.fingerprint === fingerprint) return design;
  return { ...design, data: withoutRowChoices(design.data) };
}

/** By default a core is left to the window. */
export function threadsOf(store: Store): number {
  const threads = store.getSettings()["threads"];
  return typeof threads === "number" ? threads : Math.max(1, availableParallelism() - 1);
}
