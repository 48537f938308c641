/** What was dropped or chosen: a design or a model becomes a project, one file is imported, several are looked at together first. */
import { importProjectFile, isProjectFile } from "../start/project-file.ts";
import { importFile, modelAmong } from "../start/projects.ts";
import { report } from "../state/toasts.ts";
import { importData } from "./import-data.ts";
import { openJoin } from "./join-files.ts";

export function takeAnyFiles(files: readonly File[]): void {
  if (files.length === 0) return;
  const [first] = files;
  if (first !== undefined && files.length === 1 && isProjectFile(first.name)) {
    importProjectFile(first).catch(report);
    return;
  }
  const model = modelAmong(files);
  if (model === null) takeDataFiles(files);
  else importFile(model.file, model.parts).catch(report);
}

export function takeDataFiles(files: readonly File[]): void {
  if (files.length > 1) openJoin(files);
  else importData(files).catch(report);
}
