/** What the host and the trainer's worker say to each other. Everything is plain data; big buffers are transferred. */

import type { SampledStep } from "../../core/data/learnt-samples.ts";
import type { ErrorData } from "../../core/errors.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import type { Signals } from "../../core/insight/signals.ts";
import type { TensorRole } from "../../core/ir/tensor.ts";
import type { CurvePoint, Evaluation } from "../../core/protocol/methods.ts";
import type { CheckpointHeader } from "../../core/train/checkpoint.ts";
import type { OptimizerMemory } from "../../core/train/optimizer-memory.ts";
import type { SnapshotHeader, SnapshotLimits } from "../../core/train/snapshots.ts";
import type { StepUnit } from "./pacing.ts";

/** Where the worker reads its table: the columns of a data set's stored file. */
export interface TableSource {
  readonly path: string;
  /** Of the whole table, as its profile says; where it is left out they are counted. */
  readonly rows?: number;
}

export interface TrainingJob {
  readonly runId: string;
  readonly design: DesignDocument;
  readonly table: TableSource;
  readonly dataName: string;
  readonly dataFingerprint: string;
  readonly specHash: string;
  readonly threads: number;
  /** Checkpoint to go on from; null starts fresh. */
  readonly checkpoint: { readonly header: CheckpointHeader; readonly bytes: Uint8Array } | null;
  readonly memoryLimitBytes: number;
  /** Rows that would take more than that are prepared on the disk and read from there while they are trained on. */
  readonly dataMemoryBytes: number;
  /** Whether a window is open that should stay smooth: training then takes the processor only after it. */
  readonly behindWindow: boolean;
  /** What holds the weights of another run to start from; those that fit no layer any more start fresh. Null: all start fresh. */
  readonly startFrom: StartSource | null;
  /** What its optimizer remembered, where that was asked for; `memory` null: there is none that fits the optimizer. */
  readonly startOptimizer: { readonly memory: OptimizerMemory | null } | null;
  /** A checkpoint is kept every so many epochs; 0: none but the best and the last. */
  readonly keepEvery: number;
  /** Epochs after which it waits until it hears whether it goes on: rungs of successive halving. Left out: it never does. */
  readonly judgedAfter?: readonly number[];
  /** How much of the weights of single epochs is kept to look back at; null: nothing. */
  readonly snapshots: SnapshotLimits | null;
}

/** A checkpoint as the store keeps it, or the file of a trained model: read where its weights are put in. */
export type StartSource =
  | { readonly form: "checkpoint"; readonly header: CheckpointHeader; readonly bytes: Uint8Array }
  | { readonly form: "model"; readonly file: Uint8Array };

/** Which weights there were, by node and name within the node: names of layers may have changed since. */
export interface WeightShape {
  readonly nodeId: string;
  /** `kernel`, `bias`, `moving_mean`. */
  readonly name: string;
  readonly kind: "parameter" | "state";
  readonly shape: readonly number[];
}

export type StartWeights = readonly (WeightShape & { readonly values: Float32Array })[];

/** A thread is given one job after another; what is said after a job is for its trainer. */
export type ToTrainerThread = ToTrainer | { readonly kind: "job"; readonly job: TrainingJob; readonly workFolder: string };

/** `free`: the job has ended, all that it held is given back, and the thread can take another. */
export type FromTrainerThread = FromTrainer | { readonly kind: "free" };

export type ToTrainer =
  | { readonly kind: "pause" }
  | { readonly kind: "resume" }
  /** Take one batch, or go on to the end of the epoch, and rest then. */
  | { readonly kind: "step"; readonly unit: StepUnit }
  /** Slow motion; null: as fast as it goes. */
  | { readonly kind: "pace"; readonly stepsPerSecond: number | null }
  /** Look on, or stop looking: signals are sent a few times a second. */
  | { readonly kind: "watch"; readonly on: boolean }
  /** The answer to `asks`; a stop in its place was said before. */
  | { readonly kind: "go_on" }
  /** Say what the weights are now, between two steps. */
  | { readonly kind: "weights" }
  /** End now and keep the model. */
  | { readonly kind: "stop" }
  /** Save a checkpoint and end without a model: the app is quitting. */
  | { readonly kind: "suspend" };

/** Weights in the middle of training, as predictions are made with them. */
export interface WeightsNow {
  readonly step: number;
  readonly epoch: number;
  readonly header: SnapshotHeader;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface TrainingProgress {
  readonly epoch: number;
  readonly step: number;
  readonly seconds: number;
  readonly samplesPerSecond: number | null;
  readonly remainingSeconds: number | null;
  readonly learningRate: number;
  readonly bestEpoch: number | null;
  /** Figures of the last epoch that ended: loss, val_loss, accuracy … */
  readonly metrics: Readonly<Record<string, number | null>>;
}

/** Names of the layers with weights, by where those come from. */
export interface StartedLayers {
  readonly kept: string[];
  readonly fresh: string[];
}

export interface Preparing {
  /** From 1. */
  readonly pass: number;
  /** Of all passes, as far as they are known. */
  readonly passes: number;
  /** Rows. */
  readonly done: number;
  readonly total: number;
  /** They are texts, in memory, whose words are counted. */
  readonly texts?: true;
}

export type FromTrainer =
  | {
      readonly kind: "ready";
      readonly parameters: number;
      readonly peakBytes: number;
      /** Bytes by class of tensor. */
      readonly memory: Readonly<Record<TensorRole, number>>;
      readonly backend: string;
      readonly threads: number;
      readonly stepsPerEpoch: number;
      /** Whether the optimizer goes on from that of another run; null where that was not asked for. */
      readonly optimizer: "continued" | "fresh" | null;
      /** Where the weights of each layer come from; null of a run that continues none, and of one that is resumed. */
      readonly layers: StartedLayers | null;
    }
  /** Before it is ready: how far the rows have been gone over, and which time that is. */
  | { readonly kind: "preparing"; readonly preparing: Preparing }
  | { readonly kind: "progress"; readonly progress: TrainingProgress; readonly points: readonly CurvePoint[] }
  | { readonly kind: "paused"; readonly paused: boolean }
  /** It waits to hear whether it goes on after this epoch, whose points came before. */
  | { readonly kind: "asks"; readonly epoch: number }
  | { readonly kind: "signals"; readonly signals: Signals }
  /** The answer to the question for weights; null before there are any. */
  | { readonly kind: "weights"; readonly weights: WeightsNow | null }
  | {
      readonly kind: "checkpoint";
      readonly checkpoint: "best" | "last" | `epoch-${number}`;
      readonly header: CheckpointHeader;
      readonly bytes: Uint8Array<ArrayBuffer>;
    }
  | {
      readonly kind: "snapshot";
      /** 0: the weights it began with. */
      readonly epoch: number;
      readonly step: number;
      readonly header: SnapshotHeader;
      readonly bytes: Uint8Array<ArrayBuffer>;
    }
  | {
      readonly kind: "ended";
      readonly how: "done" | "stopped" | "suspended";
      readonly model: Uint8Array<ArrayBuffer> | null;
      /** Steps of its preparation that learnt from a sample. */
      readonly sampledSteps: readonly SampledStep[];
      /** Of the weights that are kept, on the validation rows, or the training rows where none are held out. */
      /** Of a fold: what is predicted of the rows it held out (held-out.ts). */
      readonly heldOut: Uint8Array<ArrayBuffer> | null;
      readonly evaluation: { readonly part: "training" | "validation"; readonly evaluation: Evaluation } | null;
      readonly metrics: Readonly<Record<string, number | null>>;
      readonly epochs: number;
      readonly bestEpoch: number | null;
      readonly seconds: number;
    }
  | { readonly kind: "failed"; readonly error: ErrorData; readonly step: number };

/** The end of a run without weights to keep. */
export const endedBefore = (how: "stopped" | "suspended", epochs: number, seconds: number): Extract<FromTrainer, { kind: "ended" }> => ({
  kind: "ended",
  how,
  epochs,
  seconds,
  model: null,
  sampledSteps: [],
  heldOut: null,
  evaluation: null,
  metrics: {},
  bestEpoch: null,
});
