/**
 * The build as a suite: it must end well and leave every file that an entry starts from.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY, runTool } from "./command.ts";
import { type Suite, type SuiteResult, single } from "./suite.ts";

const PRODUCTS = [
  "out/main/electron.js",
  "out/main/loopback.js",
  "out/main/cli.js",
  "out/main/trainer.worker.js",
  "out/main/kernel-helper.worker.js",
  "out/preload/index.cjs",
  "out/renderer/index.html",
];

export const build: Suite = { name: "build", about: "electron-vite build, without the Electron binary", alone: true, run: runBuild };

async function runBuild(): Promise<SuiteResult> {
  const { status, output } = await runTool("electron-vite", "electron-vite", ["build"]);
  const missing = PRODUCTS.filter((path) => !existsSync(join(REPOSITORY, path)));
  return single(status === 0 && missing.length === 0, missing.length === 0 ? output : `${output}\nmissing: ${missing.join(", ")}`);
}
