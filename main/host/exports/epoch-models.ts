/**
 * The network of a run as it was at the end of an epoch: its weights come from a snapshot, the rest from the trained model, or
 * from design and data while there is none. The one that was asked last stays, and takes the weights of the next epoch.
 */
import type { Table } from "../../../core/data/table.ts";
import { AppError } from "../../../core/errors.ts";
import { MODEL_FORMAT, MODEL_FORMAT_VERSION, type ModelFile } from "../../../core/export/json/format.ts";
import { encode, readModel } from "../../../core/export/json/model-json.ts";
import type { DesignDocument } from "../../../core/graph/document.ts";
import { parametersOf } from "../../../core/spec/build.ts";
import { withDefaults } from "../../../core/spec/model.ts";
import type { ModelSpec } from "../../../core/spec/model-spec.ts";
import { readTraining, writeTraining } from "../../../core/spec/training.ts";
import { weightsOfCheckpoint } from "../../../core/train/checkpoint.ts";
import type { Predictor } from "../../../core/train/model.ts";
import { type PreparedDesign, prepareDesign } from "../../../core/train/prepare-design.ts";
import type { SnapshotHeader } from "../../../core/train/snapshots.ts";
import type { StartWeights } from "../../engine/messages.ts";
import { putStartWeights } from "../../engine/put-start-weights.ts";
import type { Store } from "../../store/store.ts";
import { openPredictor, type TrainedModels } from "./trained-model.ts";

export interface EpochModelSurroundings {
  readonly store: Store;
  readonly models: TrainedModels;
  readonly tableOf: (datasetId: string, runId: string) => Promise<Table>;
}

/** All of a model file but its weights. */
export type Rest = Omit<ModelFile, "weights">;

export class EpochModels {
  private readonly around: EpochModelSurroundings;
  private latest: { readonly runId: string; readonly epoch: number; readonly predictor: Predictor } | null = null;
  private rest: { readonly runId: string; readonly known: Rest } | null = null;

  constructor(around: EpochModelSurroundings) {
    this.around = around;
  }

  /**
   * @param epoch left out: the trained model
   * @param act   done at once, while the network has the weights of that epoch: another question gives it others
   * @throws AppError run.no_snapshot, run.no_model, run.no_dataset
   */
  async ask<T>(runId: string, epoch: number | undefined, act: (predictor: Predictor) => T): Promise<T> {
    if (epoch === undefined) return act(this.around.models.predictor(runId));
    if (this.latest?.runId === runId && this.latest.epoch === epoch) return act(this.latest.predictor);
    const weights = this.weightsOf(runId, epoch);
    const known = await this.restOf(runId);
    // A graph's network is another for its training nodes alone, so that it is made anew.
    const again = this.latest?.runId === runId && known.preprocessing.graph === undefined ? this.latest.predictor : null;
    if (again !== null) putStartWeights(again.network, weights);
    const predictor = again ?? openPredictor({ ...known, weights: inFileForm(known.spec as ModelSpec, weights) });
    this.latest = { runId, epoch, predictor };
    return act(predictor);
  }

  private weightsOf(runId: string, epoch: number): StartWeights {
    const { store } = this.around;
    const { name } = store.getRun(runId);
    const snapshot = store.loadSnapshot(runId, epoch);
    const weights = snapshot === null ? null : weightsOfCheckpoint(snapshot.header as SnapshotHeader, snapshot.bytes);
    if (weights === null) throw new AppError("run.no_snapshot", { name, epoch });
    return weights;
  }

  private async restOf(runId: string): Promise<Rest> {
    if (this.rest?.runId === runId) return this.rest.known;
    const { store, models, tableOf } = this.around;
    const run = store.getRun(runId);
    let known: Rest;
    if (run.has_model) {
      const { weights: _, ...rest } = readModel(models.text(runId));
      known = rest;
    } else {
      if (run.dataset_id === null) throw new AppError("run.no_dataset", { name: run.name });
      const design = store.runDesign(runId);
      known = restOfDesign(design, prepareDesign(design, await tableOf(run.dataset_id, runId)), {
        engineVersion: run.engine_version,
        result: {
          epochs: run.epoch,
          best_epoch: run.best_epoch,
          steps: run.step,
          seconds: run.seconds,
          metrics: run.metrics,
          spec_hash: run.spec_hash,
          data_fingerprint: run.data_fingerprint,
          data_name: run.dataset_name,
        },
      });
    }
    this.rest = { runId, known };
    return known;
  }
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** Of a run that has no model yet: what its design and its data say. */
export function restOfDesign(
  design: DesignDocument,
  { spec, prepared }: Pick<PreparedDesign, "spec" | "prepared">,
  { engineVersion, result }: { readonly engineVersion: string; readonly result: ModelFile["result"] },
): Rest {
  return {
    format: MODEL_FORMAT,
    format_version: MODEL_FORMAT_VERSION,
    engine_version: engineVersion,
    name: design.name,
    design,
    spec: plain(spec) as ModelFile["spec"],
    training: writeTraining(readTraining(design.train)) as ModelFile["training"],
    preprocessing: plain(prepared.pipeline) as ModelFile["preprocessing"],
    result,
    check: { row_count: 0, inputs: {}, predictions: {} },
    // Of a file; this one is never written.
    checksum: "",
  };
}

/** Weights by their full names, which a snapshot does not have: layers are known by their node. */
export function inFileForm(spec: ModelSpec, weights: StartWeights): ModelFile["weights"] {
  const { parameters, states } = parametersOf(withDefaults(spec));
  const infos = [
    ...parameters.map((info) => ({ info, kind: "parameter" as const })),
    ...states.map((info) => ({ info, kind: "state" as const })),
  ];
  return infos.flatMap(({ info, kind }) => {
    const found = weights.find((one) => one.kind === kind && one.nodeId === info.nodeId && one.name === info.name);
    if (found === undefined) return [];
    const { nodeId, shape, values } = found;
    return [{ name: info.fullName, node_id: nodeId, kind, shape: [...shape], dtype: "float32" as const, values: encode(values, false) }];
  });
}
