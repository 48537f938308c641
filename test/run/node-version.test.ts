/**
 * The check that every script begins with: silent on this Node, exact on one that cannot run the source.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const REPOSITORY = join(import.meta.dirname, "../..");
const check = join(REPOSITORY, "main/require-node.mjs");
/** What `npm start` runs: it checks by itself. */
const start = join(REPOSITORY, "main/start.mjs");

/** Runs the check after telling it that Node is another version. */
function checkAs(version: string, stripsTypes: boolean, script = check): { status: number | null; stderr: string } {
  const pretend =
    `Object.defineProperty(process.versions, "node", { value: "${version}" });` +
    `Object.defineProperty(process.features, "typescript", { value: ${stripsTypes ? '"strip"' : "false"} });`;
  const { status, stderr } = spawnSync(process.execPath, ["--import", `data:text/javascript,${encodeURIComponent(pretend)}`, script], {
    encoding: "utf8",
  });
  return { status, stderr };
}

test.each(["22.18.0", "24.21.0", "26.0.0"])("lets Node %s pass", (version) => {
  expect(checkAs(version, true)).toEqual({ status: 0, stderr: "" });
});

test.each([
  ["20.20.2", false],
  ["22.14.0", false],
  ["23.5.0", false],
])("stops on Node %s and says what is needed", (version, strips) => {
  for (const script of [check, start]) {
    const { status, stderr } = checkAs(version, strips, script);
    expect(status).toBe(1);
    expect(stderr).toContain(`needs Node 22.18 or newer (24 is best); this is Node ${version}`);
  }
});

test("every script that runs our source begins with the check", () => {
  const { scripts } = JSON.parse(readFileSync(join(REPOSITORY, "package.json"), "utf8")) as { scripts: Record<string, string> };
  expect(Object.entries(scripts).filter(([, command]) => !/^node main\/(require-node\.mjs && |start\.mjs$)/.test(command))).toEqual([]);
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(["start", "dev", "build", "check", "test", "bench", "faults"]));
});
