/** A model file of Keras or TensorFlow.js, whichever it is, as a design, with its weights where they were given. */
import { AppError } from "../errors.ts";
import { drawnSpec } from "../spec/drawn-spec.ts";
import type { ModelSpec } from "../spec/model-spec.ts";
import { checkAxes } from "./keras-axes.ts";
import { designFromKeras, type ImportedDesign } from "./keras-design.ts";
import { flattened } from "./keras-nested.ts";
import { findTopology, isOlderKeras, readTopology } from "./keras-topology.ts";
import { type PlacedWeight, placeWeights } from "./placed-weights.ts";
import { readTfjsWeights, weightFiles } from "./tfjs-weights.ts";

export interface ForeignModel extends ImportedDesign {
  readonly spec: ModelSpec;
  /** Null where the file has none, or its weights were left behind. */
  readonly weights: readonly PlacedWeight[] | null;
}

/** Whether a text is a model of another tool: what follows may still say that it cannot be read. */
export function isForeignModel(text: string): boolean {
  try {
    return findTopology(JSON.parse(text)) !== null;
  } catch {
    // Not JSON, or cut off: not ours to judge.
    return false;
  }
}

/**
 * @param files the .bin files of a TensorFlow.js model by name; none: the design comes without weights
 * @throws AppError import.*, design.*, config.*
 */
export function readForeignModel(text: string, files: ReadonlyMap<string, Uint8Array>): ForeignModel {
  const json: unknown = JSON.parse(text);
  const model = findTopology(json);
  if (model === null) throw new AppError("import.malformed", { path: "class_name" });
  const imported = designFromKeras(flattened(readTopology(model, isOlderKeras(json))));
  const spec = drawnSpec(imported.design);
  checkAxes(spec, imported.axes);
  const wanted = weightFiles(json);
  const weights = wanted.length === 0 || files.size === 0 ? null : placeWeights(spec, imported, readTfjsWeights(json, files));
  return { ...imported, spec, weights };
}
