/** The model of a run, read back from the store, and what predicts by it: opened in workers, as it takes long. */
import { AppError } from "../../../core/errors.ts";
import type { ModelFile } from "../../../core/export/json/format.ts";
import { readTraining } from "../../../core/spec/training.ts";
import { Predictor } from "../../../core/train/model.ts";
import { openBackend } from "../../engine/backend.ts";
import type { Store } from "../../store/store.ts";

export class TrainedModels {
  private readonly store: Store;

  constructor(store: Store) {
    this.store = store;
  }

  /** @throws AppError run.no_model, store.damaged_artifact */
  async file(runId: string): Promise<Uint8Array> {
    const bytes = await this.store.loadModel(runId);
    if (bytes === null) throw new AppError("run.no_model", { name: this.store.getRun(runId).name });
    return bytes;
  }
}

/** A predictor that computes with the arithmetic the model was trained with, so that its numbers are the same to the bit. */
export function openPredictor(model: ModelFile): Predictor {
  return new Predictor(model, openBackend(readTraining(model.training).arithmetic));
}
