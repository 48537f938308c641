/** Model files: written, read back and compared. Of a large model it takes long: the host lets a worker do it (main/engine/model-task.ts). */
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { AppError } from "../../../core/errors.ts";
import type { ModelFile } from "../../../core/export/json/format.ts";
import { readModel, sameModel, withEncoding } from "../../../core/export/json/model-json.ts";
import { openPredictor } from "./trained-model.ts";

export interface ModelFileReport {
  readonly sizeBytes: number;
  readonly comparedRows: number;
  readonly largestDifference: number;
}

/**
 * Writes a model file, reads it back and compares its predictions on the stored rows with those of the model.
 * @throws AppError export.differs when what was read is not what was meant
 */
export function writeModelFile(model: ModelFile, path: string, plainArrays: boolean): ModelFileReport {
  writeFileSync(path, withEncoding(model, plainArrays));
  const written = readModel(readFileSync(path, "utf8"));
  if (!sameModel(model, written)) throw new AppError("export.differs", { difference: "weights" });
  const { rows, largestDifference } = openPredictor(written).check();
  if (!(largestDifference === 0)) throw new AppError("export.differs", { difference: largestDifference });
  return { sizeBytes: statSync(path).size, comparedRows: rows, largestDifference };
}
