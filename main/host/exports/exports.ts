/** Exports: written to a file, read back, compared; only then offered. */
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { AppError } from "../../../core/errors.ts";
import { codeOfDesign } from "../../../core/export/code/script.ts";
import { readModel, sameModel, withEncoding } from "../../../core/export/json/model-json.ts";
import { countChoices } from "../../../core/graph/row-choices.ts";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import type { Store } from "../../store/store.ts";
import type { HostFiles } from "../files.ts";
import { openPredictor, type TrainedModels } from "./trained-model.ts";

export interface ModelFileReport {
  readonly sizeBytes: number;
  readonly comparedRows: number;
  readonly largestDifference: number;
}

/**
 * Writes a model file, reads it back and compares its predictions on the stored rows with those of the model.
 * @throws AppError export.differs when what was read is not what was meant
 */
export function writeModelFile(text: string, path: string, plainArrays: boolean): ModelFileReport {
  const model = readModel(text);
  writeFileSync(path, withEncoding(model, plainArrays));
  const written = readModel(readFileSync(path, "utf8"));
  if (!sameModel(model, written)) throw new AppError("export.differs", { difference: "weights" });
  const { rows, largestDifference } = openPredictor(written).check();
  if (!(largestDifference === 0)) throw new AppError("export.differs", { difference: largestDifference });
  return { sizeBytes: statSync(path).size, comparedRows: rows, largestDifference };
}

export function exportHandlers(o: {
  readonly store: Store;
  readonly files: HostFiles;
  readonly models: TrainedModels;
}): Pick<HostHandlers, "exports.model" | "exports.code" | "exports.design"> {
  const { store, files, models } = o;
  return {
    "exports.model": async ({ run_id, plain_arrays }) => {
      const run = store.getRun(run_id);
      const design = store.runDesign(run_id);
      const choices = countChoices(design.data);
      const fileName = `${design.name} ${run.name}.model.json`;
      const { path, token } = files.offer(fileName);
      const report = writeModelFile(models.text(run_id), path, plain_arrays);
      return {
        download: token,
        file_name: fileName,
        size_bytes: report.sizeBytes,
        compared_rows: report.comparedRows,
        largest_difference: report.largestDifference,
        excluded_rows: choices.excluded,
        relabelled_rows: choices.relabelled,
      };
    },
    "exports.code": async ({ design, tool }) => {
      const text = codeOfDesign(design, tool);
      const fileName = `${design.name}.${tool}.py`;
      const { path, token } = files.offer(fileName);
      writeFileSync(path, text);
      return { download: token, file_name: fileName, line_count: text.split("\n").length - 1 };
    },
    "exports.design": async ({ design }) => {
      const fileName = `${design.name}.design.json`;
      const { path, token } = files.offer(fileName);
      writeFileSync(path, `${JSON.stringify(design, null, 2)}\n`);
      return { download: token, file_name: fileName };
    },
  };
}
