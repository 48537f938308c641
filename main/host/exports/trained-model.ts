/** The model of a run, read back from the store and ready to predict; kept while the same run is asked again. */
import { AppError } from "../../../core/errors.ts";
import type { ModelFile } from "../../../core/export/json/format.ts";
import { readModel } from "../../../core/export/json/model-json.ts";
import { readTraining } from "../../../core/spec/training.ts";
import { Predictor } from "../../../core/train/model.ts";
import { openBackend } from "../../engine/backend.ts";
import type { Store } from "../../store/store.ts";

export class TrainedModels {
  private readonly store: Store;
  private latest: { runId: string; text: string; predictor: Predictor } | null = null;

  constructor(store: Store) {
    this.store = store;
  }

  text(runId: string): string {
    const bytes = this.store.loadModel(runId);
    if (bytes === null) throw new AppError("run.no_model", { name: this.store.getRun(runId).name });
    return new TextDecoder().decode(bytes);
  }

  predictor(runId: string): Predictor {
    const text = this.text(runId);
    if (this.latest?.runId !== runId || this.latest.text !== text) this.latest = { runId, text, predictor: openPredictor(readModel(text)) };
    return this.latest.predictor;
  }
}

/** A predictor that computes with the arithmetic the model was trained with, so that its numbers are the same to the bit. */
export function openPredictor(model: ModelFile): Predictor {
  return new Predictor(model, openBackend(readTraining(model.training).arithmetic));
}
