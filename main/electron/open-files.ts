/** Project files that the system hands over: on the command line, by a second start, by a double-click (macOS sends an event), or from the menu. */
import { resolve } from "node:path";
import { type App, dialog } from "electron";
import { projectFilesAmong } from "../host/projects/project-files.ts";

export interface OpenedFiles {
  /** Who opens them from now on; those that came before are handed over at once. */
  handTo(open: (path: string) => void): void;
}

/** Must be called before the app is ready: macOS tells of the file that it was started with before that. */
export function followOpenedFiles(app: Pick<App, "on">, args: readonly string[]): OpenedFiles {
  const early: string[] = [];
  let take = (path: string): void => void early.push(path);
  app.on("open-file", (event, path) => {
    event.preventDefault();
    take(path);
  });
  app.on("second-instance", (_event, argv, folder) => {
    for (const path of projectFilesAmong(argv.map((arg) => (folder === "" ? arg : resolve(folder, arg))))) take(path);
  });
  for (const path of projectFilesAmong(args)) take(resolve(path));
  return {
    handTo(open) {
      take = open;
      for (const path of early.splice(0)) open(path);
    },
  };
}

/** @returns null when the person cancelled */
export async function chooseProjectFile(title: string): Promise<string | null> {
  const { filePaths } = await dialog.showOpenDialog({
    title,
    properties: ["openFile"],
    filters: [{ name: "Neuroloom", extensions: ["neuroloom"] }],
  });
  return filePaths[0] ?? null;
}
