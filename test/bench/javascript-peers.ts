/**
 * TensorFlow.js and brain.js beside ours. They are 300 MB that nothing else needs, so they are no dependency: the benchmark installs
 * fixed versions once into the cache of the person who runs it, and says so.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openPeer, type Peer } from "./peer.ts";

const MANIFEST = `${JSON.stringify(
  {
    name: "neuroloom-bench-peers",
    private: true,
    dependencies: { "@tensorflow/tfjs": "4.22.0", "@tensorflow/tfjs-backend-wasm": "4.22.0", "brain.js": "1.6.1" },
  },
  null,
  2,
)}\n`;

export interface JavaScriptPeers {
  readonly tfjs: Peer | null;
  readonly brainjs: Peer | null;
  /** Why one is missing. */
  readonly missing: readonly string[];
}

export async function openJavaScriptPeers(say: (line: string) => void): Promise<JavaScriptPeers> {
  const folder = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "neuroloom", "bench-peers");
  const failure = install(folder, say);
  if (failure !== null)
    return { tfjs: null, brainjs: null, missing: [`TensorFlow.js and brain.js: npm could not install them (${failure}).`] };
  const script = (name: string): string => fileURLToPath(new URL(`engine/peers/${name}.mjs`, import.meta.url));
  return {
    tfjs: await openPeer(process.execPath, [script("tfjs"), folder]),
    brainjs: await openPeer(process.execPath, [script("brainjs"), folder]),
    missing: [],
  };
}

/** @returns why it failed; null when they are there */
function install(folder: string, say: (line: string) => void): string | null {
  const manifest = join(folder, "package.json");
  const done = join(folder, "installed");
  if (existsSync(done) && readFileSync(manifest, "utf8") === MANIFEST) return null;
  say(`bench: installing TensorFlow.js 4.22.0 and brain.js 1.6.1 into ${folder} (300 MB, once; delete the folder to be rid of them)`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(manifest, MANIFEST);
  const { status, stderr } = spawnSync("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts"], {
    cwd: folder,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (status !== 0) return stderr?.trim().split("\n").at(-1) ?? "npm is not on the PATH";
  writeFileSync(done, "");
  return null;
}
