/** Weights to start from, out of what holds them: a checkpoint, by the layout in its header, or the file of a trained model. */
import { decode } from "../../core/export/json/model-json.ts";
import { weightsOfCheckpoint } from "../../core/train/checkpoint.ts";
import type { StartSource, StartWeights, WeightShape } from "./messages.ts";
import { modelOfBytes } from "./model-bytes.ts";

/** @throws AppError model.* */
export function weightsFrom(source: StartSource): StartWeights {
  if (source.form === "checkpoint") {
    const found = weightsOfCheckpoint(source.header, source.bytes);
    if (found === null) throw new Error("a checkpoint to start from says what lies where");
    return found;
  }
  return weightsOfFile(source.file).map(({ shape, values }) => ({
    ...shape,
    values: decode(values, shape.name),
  }));
}

/** @param model its file. @throws AppError model.* */
export const shapesOfModel = (model: Uint8Array): WeightShape[] => weightsOfFile(model).map(({ shape }) => shape);

function weightsOfFile(model: Uint8Array) {
  return modelOfBytes(model).weights.map(({ node_id, name, kind, shape, values }) => ({
    // `dense_1/kernel`: the layer may be called otherwise by now.
    shape: { nodeId: node_id, name: name.slice(name.lastIndexOf("/") + 1), kind, shape },
    values,
  }));
}
