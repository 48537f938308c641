/** What was dropped or chosen: a design or a model becomes a project, one file or folder is imported, several are looked at together first. */
import { findBridge } from "../host/bridge.ts";
import { importModelFile, importProjectFile, isProjectFile } from "../start/project-file.ts";
import { modelAmong } from "../start/projects.ts";
import { report } from "../state/toasts.ts";
import { isDataJson } from "./dropped-json.ts";
import { type FolderFile, filesOfFolder, looseFiles, packedFolder, pairOfLines } from "./folder-files.ts";
import { importData, whileListing } from "./import-data.ts";
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
  else takeJson(model.file, model.parts).catch(report);
}

async function takeJson(file: File, parts: readonly File[]): Promise<void> {
  if (parts.length === 0 && (await isDataJson(file))) takeDataFiles([file]);
  else await importModelFile(file, parts);
}

export function takeDataFiles(files: readonly File[]): void {
  const pair = pairOfLines(files);
  if (pair !== null) importData(linesTogether(pair, files)).catch(report);
  else if (files.length > 1) openJoin(files);
  else importData(files).catch(report);
}

/** The host finds the second beside the first where it has paths. */
function linesTogether(name: string, files: readonly File[]): readonly File[] {
  if (findBridge() !== null) return files.slice(0, 1);
  return [
    packedFolder(
      name,
      files.map((file) => ({ path: file.name, file })),
    ),
  ];
}

/** A folder whose files are known. */
export function takeFolder(name: string, files: readonly FolderFile[]): void {
  const loose = looseFiles(files);
  if (loose === null) importData([packedFolder(name, files)]).catch(report);
  else takeAnyFiles(loose);
}

/** What was dropped on the window. The entries must be read out of the event before it ends. */
export function takeDropped(files: readonly File[], entries: readonly (FileSystemEntry | null)[]): void {
  const folders = entries.filter((entry): entry is FileSystemDirectoryEntry => entry?.isDirectory === true);
  // In the app's own window a folder has a path, as files have.
  if (folders.length === 0 || findBridge() !== null) {
    takeAnyFiles(files);
    return;
  }
  const [only] = folders;
  const title = only?.name ?? "";
  whileListing(title, (signal) => Promise.all(folders.map(async (folder) => ({ folder, files: await filesOfFolder(folder, signal) }))))
    .then((listed) => {
      if (listed === null) return;
      const [first] = listed;
      if (first !== undefined && entries.length === 1) takeFolder(first.folder.name, first.files);
      else {
        const names = new Set(folders.map(({ name }) => name));
        const others = files.filter((file) => !names.has(file.name));
        takeAnyFiles([...others, ...listed.map((one) => packedFolder(one.folder.name, one.files))]);
      }
    })
    .catch(report);
}
