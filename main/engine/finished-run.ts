/** What a run that came to its end hands over: its model, its evaluation, the held-out rows, and the figures of the weights that are kept. */
import { sampledSteps } from "../../core/data/learnt-samples.ts";
import type { Table } from "../../core/data/table.ts";
import type { TrainingOptions } from "../../core/spec/training.ts";
import { partFigures, usualKept } from "../../core/train/evaluate.ts";
import { evaluationOf } from "../../core/train/evaluation.ts";
import { judgeInTurn } from "../../core/train/judge-in-turn.ts";
import { type EpochReport, type LoopState, settleWeights } from "../../core/train/loop.ts";
import { modelText } from "../../core/train/model.ts";
import type { Network } from "../../core/train/network.ts";
import { asRows } from "../../core/train/node-rows.ts";
import type { PreparedDesign } from "../../core/train/prepare-design.ts";
import { ENGINE_VERSION } from "../../core/version.ts";
import { heldOutBytes } from "./held-out.ts";
import type { FromTrainer, TrainingJob } from "./messages.ts";

export interface FinishedRun {
  readonly how: "done" | "stopped";
  readonly job: TrainingJob;
  readonly network: Network;
  readonly state: LoopState;
  readonly prepared: PreparedDesign;
  readonly training: TrainingOptions;
  /** Columns of the targets, and whatever else was read whole. */
  readonly table: Table;
  readonly seconds: number;
}

/** Figures are the best epoch's where its weights are put back, else the last one's, and of a run stopped within an epoch its weights' own; the usual ones are kept of runs too that had no curve of them. */
export function finishedRun({ how, job, network, state, prepared, training, table, seconds }: FinishedRun): {
  readonly message: Extract<FromTrainer, { kind: "ended" }>;
  readonly transfer: ArrayBuffer[];
} {
  if (how === "stopped") settleWeights(network, state);
  const report = state.bestParameters !== null ? state.bestReport : state.latestReport;
  const epochs = state.latestReport?.epoch ?? state.epoch - 1;
  const bestEpoch = state.stopping.bestEpoch === 0 ? null : state.stopping.bestEpoch;
  const { outputs, spec, prepared: data } = prepared;
  const part = data.validation.rowCount > 0 ? "validation" : "training";
  const sample = data[part];
  const found = network.evaluate(sample, undefined, judgeInTurn(outputs, data.pipeline, sample));
  const asked = asRows(sample, found, outputs);
  const evaluation = { part, evaluation: evaluationOf({ pipeline: data.pipeline, ...asked }) } as const;
  // Where none was chosen each epoch has them.
  const chosen = report !== null && training.metrics.length > 0;
  const prefix = part === "validation" ? "val_" : "";
  const usual = chosen ? usualKept(outputs, evaluation.evaluation.outputs, prefix) : {};
  // Left in the middle of an epoch the kept weights are of no report: what was just found of them stands.
  const isBetween = state.bestParameters === null && state.latestReport?.step !== state.step;
  const own = isBetween ? { [`${prefix}loss`]: found.loss, ...partFigures(outputs, data.pipeline, sample, found, prefix) } : {};
  const metrics = { ...usual, ...figuresOf(report), ...own };
  const text = modelText({
    design: job.design,
    spec,
    training,
    pipeline: data.pipeline,
    network,
    sample,
    engineVersion: ENGINE_VERSION,
    result: {
      epochs,
      best_epoch: bestEpoch,
      steps: state.step,
      seconds,
      metrics,
      spec_hash: job.specHash,
      data_fingerprint: job.dataFingerprint,
      data_name: job.dataName,
    },
  });
  const model = new TextEncoder().encode(text);
  const heldOut = part === "training" ? null : heldOutBytes({ table, design: job.design, pipeline: data.pipeline, ...asked });
  return {
    message: {
      kind: "ended",
      how,
      model,
      sampledSteps: sampledSteps(data.pipeline),
      heldOut,
      evaluation,
      metrics,
      epochs,
      bestEpoch,
      seconds,
    },
    transfer: heldOut === null ? [model.buffer] : [model.buffer, heldOut.buffer],
  };
}

/** Figures of an epoch by name; null for what is not a number. */
export function figuresOf(report: EpochReport | null): Record<string, number | null> {
  if (report === null) return {};
  const figures = { loss: report.loss, ...(report.valLoss === null ? {} : { val_loss: report.valLoss }), ...report.metrics };
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Number.isFinite(value) ? value : null]));
}
