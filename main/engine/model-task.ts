/** What a worker does with the file of a trained model itself: writes it out, or says which weights it holds. */
import { type ModelFileReport, writeModelFile } from "../host/exports/write-model.ts";
import type { WeightShape } from "./messages.ts";
import { modelOfBytes } from "./model-bytes.ts";
import { shapesOfModel } from "./start-source.ts";

interface AboutModel {
  /** The model file. */
  readonly model: Uint8Array;
}

interface WriteModelTask extends AboutModel {
  readonly kind: "write_model";
  readonly out: string;
  readonly plainArrays: boolean;
}

interface WeightShapesTask extends AboutModel {
  readonly kind: "weight_shapes";
}

export type ModelTask = WriteModelTask | WeightShapesTask;

export type ModelAnswer =
  | { readonly kind: "model_written"; readonly report: ModelFileReport }
  | { readonly kind: "weight_shapes"; readonly shapes: readonly WeightShape[] };

const KINDS: Readonly<Record<ModelTask["kind"], true>> = { write_model: true, weight_shapes: true };

export const isModelTask = (task: { readonly kind: string }): task is ModelTask => Object.hasOwn(KINDS, task.kind);

/** @throws AppError export.differs, model.* */
export function answerOfModel(task: ModelTask): ModelAnswer {
  switch (task.kind) {
    case "write_model":
      return { kind: "model_written", report: writeModelFile(modelOfBytes(task.model), task.out, task.plainArrays) };
    case "weight_shapes":
      return { kind: "weight_shapes", shapes: shapesOfModel(task.model) };
    default:
      return task satisfies never;
  }
}
