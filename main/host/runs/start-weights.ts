/** Weights of a run that another one starts from: out of a checkpoint, or out of the trained model. What they are is read by other threads. */
import { AppError } from "../../../core/errors.ts";
import type { DesignDocument } from "../../../core/graph/document.ts";
import { parametersOf } from "../../../core/spec/build.ts";
import { drawnSpec } from "../../../core/spec/drawn-spec.ts";
import { readTraining } from "../../../core/spec/training.ts";
import type { CheckpointHeader } from "../../../core/train/checkpoint.ts";
import { memoryOfCheckpoint, type OptimizerMemory } from "../../../core/train/optimizer-memory.ts";
import type { StartedLayers, StartSource, WeightShape } from "../../engine/messages.ts";
import { fittingWeights } from "../../engine/put-start-weights.ts";
import { answered, type StartTask } from "../../engine/task-handle.ts";
import type { CheckpointKind, Store } from "../../store/store.ts";

/** @throws AppError checkpoint.none when the run has no such checkpoint, or one of a version that did not say what lies where */
export function requireWeights(store: Store, runId: string, kind: CheckpointKind): void {
  const run = store.getRun(runId);
  if (kind === "final" ? !run.has_model : layoutOfCheckpoint(store, runId, kind) === undefined) throw noneOf(store, runId, kind);
}

/** @throws AppError checkpoint.none, store.damaged_artifact */
export async function sourceOfRun(store: Store, runId: string, kind: CheckpointKind): Promise<StartSource> {
  requireWeights(store, runId, kind);
  const file = kind === "final" ? await store.loadModel(runId) : null;
  if (file !== null) return { form: "model", file };
  const saved = kind === "final" ? null : await store.loadCheckpoint(runId, kind);
  if (saved === null) throw noneOf(store, runId, kind);
  return { form: "checkpoint", header: saved.header as CheckpointHeader, bytes: saved.bytes };
}

/**
 * Which layers of `design` would keep the weights of a run: null where only prepared rows could tell its shapes. Of a checkpoint its
 * header alone is read, and a model's file in a thread of its own.
 * @throws AppError checkpoint.none, design.*, config.*, model.*
 */
export async function layersToKeep(
  { store, startTask }: { readonly store: Store; readonly startTask: StartTask },
  runId: string,
  kind: CheckpointKind,
  design: DesignDocument,
): Promise<StartedLayers | null> {
  requireWeights(store, runId, kind);
  const shapes = kind === "final" ? await shapesOfFinal(store, startTask, runId) : (layoutOfCheckpoint(store, runId, kind) ?? []);
  try {
    return fittingWeights(parametersOf(drawnSpec(design)), shapes).layers;
  } catch (error) {
    if (error instanceof AppError && error.code === "design.input_shape_unknown") return null;
    throw error;
  }
}

async function shapesOfFinal(store: Store, startTask: StartTask, runId: string): Promise<readonly WeightShape[]> {
  const model = await store.loadModel(runId);
  if (model === null) throw noneOf(store, runId, "final");
  return answered(await startTask({ kind: "weight_shapes", model }), "weight_shapes").shapes;
}

const layoutOfCheckpoint = (store: Store, runId: string, kind: CheckpointKind): CheckpointHeader["layout"] =>
  (store.checkpointHeader(runId, kind) as CheckpointHeader | null)?.layout;

const noneOf = (store: Store, runId: string, checkpoint: CheckpointKind): AppError =>
  new AppError("checkpoint.none", { name: store.getRun(runId).name, checkpoint });

/**
 * What the optimizer of a run remembered at a checkpoint, for a run of `design`: null where there is none, or where the optimizer is
 * another or has other options. Its learning rate may be another: lowering that is why one continues.
 */
export async function optimizerOfRun(
  store: Store,
  runId: string,
  kind: CheckpointKind,
  design: DesignDocument,
): Promise<OptimizerMemory | null> {
  const saved = kind === "final" ? null : await store.loadCheckpoint(runId, kind);
  if (saved === null || optimizerText(store.runDesign(runId)) !== optimizerText(design)) return null;
  return memoryOfCheckpoint(saved.header as CheckpointHeader, saved.bytes);
}

function optimizerText({ train }: DesignDocument): string {
  const { optimizer, use_ema, ema_momentum } = readTraining(train);
  const { learning_rate: _, ...options } = optimizer.config;
  return JSON.stringify([optimizer.type, options, use_ema, ema_momentum]);
}
