/**
 * The folders of test/ that Vitest runs, found by looking: every one that holds a `*.test.ts`, and those that must hold
 * some. Folders with a runner of their own (end-to-end, benchmarks) are left out.
 */
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const TEST_ROOT = fileURLToPath(new URL("..", import.meta.url));

/** An empty one of these is a failure of `npm test`: a suite that lost its tests must not pass. */
const REQUIRED = ["architecture", "layers", "kernels", "golden", "transports", "store"];
const OWN_RUNNER = new Set(["e2e", "bench"]);

export function testFolders(): readonly string[] {
  const found = readdirSync(TEST_ROOT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !OWN_RUNNER.has(entry.name) && holdsTests(`${TEST_ROOT}/${entry.name}`))
    .map((entry) => entry.name);
  return [...new Set([...REQUIRED, ...found.sort()])];
}

function holdsTests(folder: string): boolean {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).some((path) => /\.test\.tsx?$/.test(path));
}
