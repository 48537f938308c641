/**
 * Whether the system opens .neuroloom files with this app: asked and set by a person, for that person only, and taken back without
 * a trace. What is registered is the start script of this folder with the Node that runs it, both found at run time.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { AppError } from "../../../core/errors.ts";
import { resourcesFolder } from "../resources.ts";
import type { Association, AssociationState, AssociationSurroundings, RunProgram } from "./association-types.ts";
import { linuxAssociation } from "./linux.ts";
import { windowsAssociation } from "./windows.ts";

/** @returns null where a script cannot be told of: macOS knows file kinds of packaged apps only */
export function association(o: AssociationSurroundings): Association | null {
  if (o.platform === "win32") return windowsAssociation(o);
  return o.platform === "linux" ? linuxAssociation(o) : null;
}

/** @param home the library that double-clicked files are opened in */
export async function readAssociation(home: string): Promise<AssociationState> {
  return (await association(here(home))?.read()) ?? { state: "unsupported", missing: [] };
}

/** @throws AppError app.association_unsupported, app.association_failed */
export async function setAssociation(home: string, on: boolean): Promise<AssociationState> {
  const ours = association(here(home));
  if (ours === null) throw new AppError("app.association_unsupported", { platform: process.platform });
  try {
    return await ours.set(on);
  } catch (thrown) {
    throw new AppError("app.association_failed", { problem: thrown instanceof Error ? thrown.message : String(thrown) }, { cause: thrown });
  }
}

function here(home: string): AssociationSurroundings {
  const root = dirname(resourcesFolder());
  return {
    platform: process.platform,
    environment: process.env,
    userFolder: homedir(),
    launcher: [nodeProgram(root), join(root, "main/start.mjs"), "--home", home],
    run,
  };
}

/** In a window this process is Electron: there it is the Node that started it, or the one npm installed. */
function nodeProgram(root: string): string {
  if (process.versions["electron"] === undefined) return process.execPath;
  const started = process.env["NEUROLOOM_NODE"] ?? "";
  const installed = join(root, "node_modules/.bin", process.platform === "win32" ? "node.exe" : "node");
  if (started !== "") return started;
  return existsSync(installed) ? installed : "node";
}

const run: RunProgram = (command, args) =>
  new Promise((resolve, reject) => {
    execFile(command, args, { windowsHide: true, timeout: 60_000 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else if (error.code === "ENOENT") resolve(null);
      else reject(new Error(`${command}: ${stderr.trim() || error.message}`));
    });
  });
