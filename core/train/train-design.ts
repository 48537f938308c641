/**
 * A whole training in one call, for programs that use core/ as a library: prepare, compile, train, and a model file at the end.
 * The app and the command line do the same step by step in a worker (main/engine/trainer.ts), where it can be paused and saved.
 */
import type { Table } from "../data/table.ts";
import type { DesignDocument } from "../graph/document.ts";
import type { KernelBackend } from "../kernels/backend.ts";
import { specHash } from "../spec/hash.ts";
import { readTraining, writeTraining } from "../spec/training.ts";
import { ENGINE_VERSION } from "../version.ts";
import { type EpochReport, freshState, type StepReport, trainingLoop } from "./loop.ts";
import { modelText } from "./model.ts";
import { Network } from "./network.ts";
import { type PreparedDesign, prepareDesign } from "./prepare-design.ts";

export interface TrainDesignOptions {
  /** With its data section; readDesign (core/graph/migrate.ts) gives one from a design.json. */
  readonly design: DesignDocument;
  /** Every column that the design uses. */
  readonly table: Table;
  readonly backend: KernelBackend;
  /** Milliseconds, rising: tells how long the training took. */
  readonly clock: () => number;
  /** Called after every step and every epoch; the report of a step is one object, used again. */
  readonly onReport?: (report: StepReport | EpochReport) => void;
  /** Where the table came from, for the model file; empty for one that was made in memory. */
  readonly source?: { readonly name: string; readonly fingerprint: string };
}

export interface TrainedDesign {
  readonly prepared: PreparedDesign;
  /** With the weights that are kept: the best epoch's where early stopping restores them. */
  readonly network: Network;
  readonly epochs: readonly EpochReport[];
  /** The model file (docs/model-format.md): readModel and Predictor take it. */
  readonly model: string;
}

/** @throws AppError data.*, design.*, config.*, engine.*, train.not_finite* */
export function trainDesign(options: TrainDesignOptions): TrainedDesign {
  const { design, table, backend, clock, source = { name: "", fingerprint: "" } } = options;
  const training = readTraining(design.train);
  const prepared = prepareDesign(design, table);
  const { spec, encodings, outputs, prepared: data } = prepared;
  const rowsHaveWeights = data.training.weights !== undefined;
  const mixesRows = data.training.mixup !== undefined;
  const network = new Network({ spec, training, encodings, backend, trainingRows: data.training.rowCount, rowsHaveWeights, mixesRows });
  network.initialise(training.seed);
  const state = freshState();
  const epochs: EpochReport[] = [];
  const start = clock();
  for (const report of trainingLoop({ network, data, training, outputs, state })) {
    if (report.kind === "epoch") epochs.push(report);
    options.onReport?.(report);
  }
  const seconds = (clock() - start) / 1000;
  const kept = state.bestParameters === null ? state.latestReport : state.bestReport;
  const model = modelText({
    design,
    spec,
    training,
    pipeline: data.pipeline,
    network,
    sample: data.validation.rowCount > 0 ? data.validation : data.training,
    engineVersion: ENGINE_VERSION,
    result: {
      epochs: epochs.length,
      best_epoch: state.stopping.bestEpoch === 0 ? null : state.stopping.bestEpoch,
      steps: state.step,
      seconds,
      metrics: kept === null ? {} : { loss: kept.loss, ...(kept.valLoss === null ? {} : { val_loss: kept.valLoss }), ...kept.metrics },
      spec_hash: specHash(design, writeTraining(training)),
      data_fingerprint: source.fingerprint,
      data_name: source.name,
    },
  });
  return { prepared, network, epochs, model };
}
