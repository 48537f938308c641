/** What was dropped or chosen: a design or a model becomes a project, one file is imported, several are looked at together first. */
import { importFile } from "../start/projects.ts";
import { report } from "../state/toasts.ts";
import { importData } from "./import-data.ts";
import { openJoin } from "./join-files.ts";

export function takeAnyFiles(files: readonly File[]): void {
  const [file] = files;
  if (file === undefined) return;
  if (files.length === 1 && /\.json$/i.test(file.name)) importFile(file).catch(report);
  else takeDataFiles(files);
}

export function takeDataFiles(files: readonly File[]): void {
  if (files.length > 1) openJoin(files);
  else importData(files).catch(report);
}
