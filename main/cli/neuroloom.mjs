#!/usr/bin/env node
/**
 * The command line's launcher: what Node makes of the source (types taken out, compiled) is kept, so that the next call begins in half
 * the time. The system's Node may be older than the source needs: then it runs the Node that npm
 * installed with the project, and only without that it says what to do (require-node.mjs).
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import * as modules from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const main = join(here, "main.ts");
const pinned = join(here, "../../node_modules/.bin", process.platform === "win32" ? "node.exe" : "node");
const cache = process.env["NODE_COMPILE_CACHE"] ?? join(here, "../../node_modules/.cache/neuroloom");
const [major = 0] = process.versions.node.split(".").map(Number);

if (major < 24 && existsSync(pinned)) {
  const { status, signal } = spawnSync(pinned, ["--disable-warning=ExperimentalWarning", main, ...process.argv.slice(2)], {
    stdio: "inherit",
    env: { ...process.env, NODE_COMPILE_CACHE: cache },
  });
  process.exitCode = signal === null ? (status ?? 70) : 130;
} else {
  await import("../require-node.mjs");
  // Where nothing can be written there is no cache, and all goes on as before.
  modules.enableCompileCache(cache);
  await import("./main.ts");
}
