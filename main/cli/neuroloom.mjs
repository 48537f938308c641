#!/usr/bin/env node
/**
 * The command line's launcher. What `npm start` built is run where it is of this source, which begins twice as fast; otherwise the
 * source, of which what Node makes (types taken out, compiled) is kept. The system's Node may be older than the source needs: then it
 * runs the Node that npm installed with the project, and only without that it says what to do (require-node.mjs).
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import * as modules from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const pinned = join(root, "node_modules/.bin", process.platform === "win32" ? "node.exe" : "node");
const cache = process.env["NODE_COMPILE_CACHE"] ?? join(root, "node_modules/.cache/neuroloom");
const [major = 0] = process.versions.node.split(".").map(Number);

if (major < 24 && existsSync(pinned)) {
  const { status, signal } = spawnSync(pinned, ["--disable-warning=ExperimentalWarning", ...process.argv.slice(1)], {
    stdio: "inherit",
    env: { ...process.env, NODE_COMPILE_CACHE: cache },
  });
  process.exitCode = signal === null ? (status ?? 70) : 130;
} else {
  await import("../require-node.mjs");
  // Where nothing can be written there is no cache, and all goes on as before. Threads find it in the environment.
  process.env["NODE_COMPILE_CACHE"] = cache;
  modules.enableCompileCache(cache);
  const { whyBuild } = await import("../out-freshness.ts");
  await import(whyBuild(root) === null ? "../../out/main/cli.js" : "./main.ts");
}
