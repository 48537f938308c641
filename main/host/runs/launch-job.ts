/** What a trainer is given of a run: design, data, weights to begin with, and the settings that hold now. */
import { AppError } from "../../../core/errors.ts";
import type { Run } from "../../../core/protocol/methods.ts";
import { bytesSetting, numberSetting } from "../../../core/protocol/number-settings.ts";
import { judgedEpochs } from "../../../core/sweeps/halving.ts";
import type { CheckpointHeader } from "../../../core/train/checkpoint.ts";
import type { TrainingJob } from "../../engine/messages.ts";
import type { Checkpoint, Store } from "../../store/store.ts";
import { optimizerOfRun, sourceOfRun } from "./start-weights.ts";

export interface LaunchSurroundings {
  readonly store: Store;
  /** Path of a data set's stored file, made again first where it is made from options. */
  readonly tablePath: (datasetId: string) => Promise<string>;
  /** Whether a window shows what goes on. */
  readonly behindWindow: boolean;
}

/**
 * @param saved where the run goes on; null where it begins
 * @throws AppError run.no_dataset, checkpoint.none and what reading its data set throws
 */
export async function jobOf(
  run: Run,
  saved: Checkpoint | null,
  threads: number,
  { store, tablePath, behindWindow }: LaunchSurroundings,
): Promise<TrainingJob> {
  if (run.dataset_id === null) throw new AppError("run.no_dataset", { name: run.name });
  const settings = store.getSettings();
  const { parent } = store.runLineage(run.id);
  const design = store.runDesign(run.id);
  const path = await tablePath(run.dataset_id);
  const begins = saved === null ? parent : null;
  return {
    runId: run.id,
    design,
    table: { path, rows: store.getDataset(run.dataset_id).profile.dataset.row_count },
    dataName: run.dataset_name,
    dataFingerprint: run.data_fingerprint,
    specHash: run.spec_hash,
    threads,
    checkpoint: saved === null ? null : { header: saved.header as CheckpointHeader, bytes: saved.bytes },
    memoryLimitBytes: bytesSetting(settings, "memory_limit_mb"),
    dataMemoryBytes: bytesSetting(settings, "data_memory_mb"),
    behindWindow,
    startFrom: begins === null ? null : await sourceOfRun(store, begins.runId, begins.checkpoint),
    startOptimizer: begins?.optimizer === true ? { memory: await optimizerOfRun(store, begins.runId, begins.checkpoint, design) } : null,
    keepEvery: numberSetting(settings, "checkpoint_every"),
    judgedAfter: run.group_id === null ? [] : judgedEpochs(store.getGroup(run.group_id).plan, run.epochs),
    snapshots:
      run.group_id === null ? { count: numberSetting(settings, "snapshot_count"), bytes: bytesSetting(settings, "snapshot_mb") } : null,
  };
}
