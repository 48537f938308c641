/** Weights of a run that another one starts from: out of a checkpoint, by the layout in its header, or out of the trained model. */
import { AppError } from "../../../core/errors.ts";
import { decode, readModel } from "../../../core/export/json/model-json.ts";
import type { DesignDocument } from "../../../core/graph/document.ts";
import { parametersOf } from "../../../core/spec/build.ts";
import { drawnSpec } from "../../../core/spec/drawn-spec.ts";
import { readTraining } from "../../../core/spec/training.ts";
import { type CheckpointHeader, weightsOfCheckpoint } from "../../../core/train/checkpoint.ts";
import { memoryOfCheckpoint, type OptimizerMemory } from "../../../core/train/optimizer-memory.ts";
import type { StartedLayers, StartWeights } from "../../engine/messages.ts";
import { fittingWeights } from "../../engine/put-start-weights.ts";
import type { CheckpointKind, Store } from "../../store/store.ts";

/** @throws AppError checkpoint.none when the run has no such checkpoint, or one of a version that did not say what lies where */
export function weightsOfRun(store: Store, runId: string, kind: CheckpointKind): StartWeights {
  const { name } = store.getRun(runId);
  const found = kind === "final" ? weightsOfModel(store.loadModel(runId)) : fromCheckpoint(store, runId, kind);
  if (found === null) throw new AppError("checkpoint.none", { name, checkpoint: kind });
  return found;
}

/**
 * Which layers of `design` would keep the weights of a run: null where only prepared rows could tell its shapes.
 * @throws AppError checkpoint.none, design.*, config.*
 */
export function layersToKeep(store: Store, runId: string, kind: CheckpointKind, design: DesignDocument): StartedLayers | null {
  const weights = weightsOfRun(store, runId, kind);
  try {
    return fittingWeights(parametersOf(drawnSpec(design)), weights).layers;
  } catch (error) {
    if (error instanceof AppError && error.code === "design.input_shape_unknown") return null;
    throw error;
  }
}

/**
 * What the optimizer of a run remembered at a checkpoint, for a run of `design`: null where there is none, or where the optimizer is
 * another or has other options. Its learning rate may be another: lowering that is why one continues.
 */
export function optimizerOfRun(store: Store, runId: string, kind: CheckpointKind, design: DesignDocument): OptimizerMemory | null {
  const saved = kind === "final" ? null : store.loadCheckpoint(runId, kind);
  if (saved === null || optimizerText(store.runDesign(runId)) !== optimizerText(design)) return null;
  return memoryOfCheckpoint(saved.header as CheckpointHeader, saved.bytes);
}

function optimizerText({ train }: DesignDocument): string {
  const { optimizer, use_ema, ema_momentum } = readTraining(train);
  const { learning_rate: _, ...options } = optimizer.config;
  return JSON.stringify([optimizer.type, options, use_ema, ema_momentum]);
}

function fromCheckpoint(store: Store, runId: string, kind: CheckpointKind): StartWeights | null {
  const saved = store.loadCheckpoint(runId, kind);
  return saved === null ? null : weightsOfCheckpoint(saved.header as CheckpointHeader, saved.bytes);
}

function weightsOfModel(file: Uint8Array | null): StartWeights | null {
  if (file === null) return null;
  return readModel(new TextDecoder().decode(file)).weights.map(({ node_id, name, kind, shape, values }) => ({
    nodeId: node_id,
    // `dense_1/kernel`: the layer may be called otherwise by now.
    name: name.slice(name.lastIndexOf("/") + 1),
    kind,
    shape,
    values: decode(values, name),
  }));
}
