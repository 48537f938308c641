/** Exports: written to a file, read back, compared; only then offered. */
import { writeFileSync } from "node:fs";
import { codeOfDesign } from "../../../core/export/code/script.ts";
import { countChoices } from "../../../core/graph/row-choices.ts";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import { answered, type StartTask } from "../../engine/task-handle.ts";
import type { Store } from "../../store/store.ts";
import type { HostFiles } from "../files.ts";
import type { TrainedModels } from "./trained-model.ts";

export function exportHandlers(o: {
  readonly store: Store;
  readonly files: HostFiles;
  readonly models: TrainedModels;
  readonly startTask: StartTask;
}): Pick<HostHandlers, "exports.model" | "exports.code" | "exports.design"> {
  const { store, files, models, startTask } = o;
  return {
    "exports.model": async ({ run_id, plain_arrays }) => {
      const run = store.getRun(run_id);
      const design = store.runDesign(run_id);
      const choices = countChoices(design.data);
      const fileName = `${design.name} ${run.name}.model.json`;
      const { path, token } = files.offer(fileName);
      const task = { kind: "write_model", model: await models.file(run_id), out: path, plainArrays: plain_arrays } as const;
      const { report } = answered(await startTask(task), "model_written");
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
