/** Whether out/ has everything and is newer than the sources it was built from, by the files' times. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const SOURCE_FOLDERS = ["core", "main", "preload", "renderer", "resources"];
const SOURCE_FILES = ["package.json", "package-lock.json", "electron.vite.config.ts", "tsconfig.json"];
const OUTPUTS = [
  "out/main/electron.js",
  "out/main/loopback.js",
  "out/main/trainer.worker.js",
  "out/main/kernel-helper.worker.js",
  "out/main/feeder.worker.js",
  "out/main/inside.worker.js",
  "out/main/tables.worker.js",
  "out/main/sheet.worker.js",
  "out/main/project-file.worker.js",
  "out/preload/index.cjs",
  "out/renderer/index.html",
];

/** @returns why a build is needed, or null. A tree without sources (a packaged app) never needs one. */
export function whyBuild(root: string): string | null {
  if (!SOURCE_FOLDERS.every((folder) => existsSync(join(root, folder)))) return null;
  const missing = OUTPUTS.find((path) => !existsSync(join(root, path)));
  if (missing !== undefined) return `${missing} is not there`;
  const built = Math.min(...OUTPUTS.map((path) => statSync(join(root, path)).mtimeMs));
  const changed = sources(root).find((path) => statSync(path).mtimeMs > built);
  return changed === undefined ? null : "sources have changed";
}

function sources(root: string): readonly string[] {
  const inFolders = SOURCE_FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.(test|spec)\.tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  return [...inFolders, ...SOURCE_FILES.map((name) => join(root, name)).filter((path) => existsSync(path))];
}
