/**
 * Where Neuroloom keeps everything it owns: library, data sets, uploads, settings. One folder a person, the platform's usual
 * one unless NEUROLOOM_HOME or an option names another.
 */
import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { posix, win32 } from "node:path";
import { AppError } from "../../core/errors.ts";

export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly userFolder: string;
}

/** @returns the absolute path of the home folder; `chosen` (an option) goes before NEUROLOOM_HOME */
export function homeFolder(chosen: string | null = null, surroundings: Surroundings = here()): string {
  const { platform, environment, userFolder } = surroundings;
  const { join, resolve, isAbsolute } = platform === "win32" ? win32 : posix;
  const named = chosen ?? environment["NEUROLOOM_HOME"] ?? "";
  if (named !== "") return resolve(named);
  if (platform === "win32") return join(environment["APPDATA"] || join(userFolder, "AppData", "Roaming"), "Neuroloom");
  if (platform === "darwin") return join(userFolder, "Library", "Application Support", "Neuroloom");
  const data = environment["XDG_DATA_HOME"] ?? "";
  // The XDG specification says that a relative path here is to be ignored.
  return join(isAbsolute(data) ? data : join(userFolder, ".local", "share"), "neuroloom");
}

/**
 * Makes the folder, readable by its owner only.
 * @throws AppError protocol.home_unusable
 */
export function makeHome(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (thrown) {
    throw new AppError(
      "protocol.home_unusable",
      { folder, problem: thrown instanceof Error ? thrown.message : String(thrown) },
      { cause: thrown },
    );
  }
  return folder;
}

function here(): Surroundings {
  return { platform: process.platform, environment: process.env, userFolder: homedir() };
}
