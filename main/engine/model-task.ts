/** What a worker does with the file of a trained model itself: checks it, writes it out, or says which weights it holds. */
import { readModel } from "../../core/export/json/model-json.ts";
import { openPredictor } from "../host/exports/trained-model.ts";
import { type ModelFileReport, writeModelFile } from "../host/exports/write-model.ts";
import type { WeightShape } from "./messages.ts";
import { shapesOfModel } from "./start-source.ts";

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

interface WeightShapesTask extends AboutModel {
  readonly kind: "weight_shapes";
}

export type ModelTask = WriteModelTask | CheckModelTask | WeightShapesTask;

export type ModelAnswer =
  | { readonly kind: "model_written"; readonly report: ModelFileReport }
  | { readonly kind: "model_checked" }
  | { readonly kind: "weight_shapes"; readonly shapes: readonly WeightShape[] };

const KINDS: Readonly<Record<ModelTask["kind"], true>> = { write_model: true, check_model: true, weight_shapes: true };

export const isModelTask = (task: { readonly kind: string }): task is ModelTask => Object.hasOwn(KINDS, task.kind);

/** @throws AppError export.differs, model.* */
export function answerOfModel(task: ModelTask): ModelAnswer {
  switch (task.kind) {
    case "write_model":
      return { kind: "model_written", report: writeModelFile(task.model, task.out, task.plainArrays) };
    case "check_model":
      openPredictor(readModel(task.model)).check();
      return { kind: "model_checked" };
    case "weight_shapes":
      return { kind: "weight_shapes", shapes: shapesOfModel(task.model) };
    default:
      return task satisfies never;
  }
}
