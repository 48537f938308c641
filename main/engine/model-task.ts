/** What a worker does with the file of a trained model itself: checks it, or writes it out. */
import { readModel } from "../../core/export/json/model-json.ts";
import { openPredictor } from "../host/exports/trained-model.ts";
import { type ModelFileReport, writeModelFile } from "../host/exports/write-model.ts";

interface AboutModel {
  /** Text of the model file. */
  readonly model: string;
}

interface WriteModelTask extends AboutModel {
  readonly kind: "write_model";
  readonly out: string;
  readonly plainArrays: boolean;
}

/** Whether it predicts the rows that lie in it as it did. */
interface CheckModelTask extends AboutModel {
  readonly kind: "check_model";
}

export type ModelTask = WriteModelTask | CheckModelTask;

export type ModelAnswer = { readonly kind: "model_written"; readonly report: ModelFileReport } | { readonly kind: "model_checked" };

const KINDS: Readonly<Record<ModelTask["kind"], true>> = { write_model: true, check_model: true };

export const isModelTask = (task: { readonly kind: string }): task is ModelTask => Object.hasOwn(KINDS, task.kind);

/** @throws AppError export.differs, model.* */
export function answerOfModel(task: ModelTask): ModelAnswer {
  switch (task.kind) {
    case "write_model":
      return { kind: "model_written", report: writeModelFile(task.model, task.out, task.plainArrays) };
    case "check_model":
      openPredictor(readModel(task.model)).check();
      return { kind: "model_checked" };
    default:
      return task satisfies never;
  }
}
