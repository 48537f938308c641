/**
 * What the reporter makes of a run of Vitest, seen on files that pass, fail, skip with a reason and do not load.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { withTree } from "../architecture/planted-tree.ts";
import { REPOSITORY, runTool } from "./command.ts";
import type { VitestReport } from "./vitest-reporter.ts";

const header = 'import { expect, test } from "vitest";\n';

async function reportOf(files: Readonly<Record<string, string>>): Promise<VitestReport & { status: number | null }> {
  return withTree({ "vitest.config.ts": "export default {};\n", ...files }, async (root) => {
    const report = join(root, "report.json");
    const { status } = await runTool(
      "vitest",
      "vitest",
      [
        "run",
        "--root",
        root,
        "--dir",
        root,
        "--config",
        join(root, "vitest.config.ts"),
        "--retry=1",
        `--reporter=${join(REPOSITORY, "test/run/vitest-reporter.ts")}`,
      ],
      { environment: { NEUROLOOM_TEST_REPORT: report } },
    );
    return { ...(JSON.parse(readFileSync(report, "utf8")) as VitestReport), status };
  });
}

test("counts what passed, failed and was skipped, with the reason", async () => {
  const text = `${header}test("holds", () => {});\ntest("breaks", () => expect(1).toBe(2));\ntest("waits", (context) => context.skip("no data here"));\n`;
  expect(await reportOf({ "a.test.ts": text })).toEqual({
    passed: 1,
    failed: 1,
    skipped: [{ test: "waits", reason: "no data here" }],
    unstable: [],
    status: 1,
  });
});

test("counts a file that does not load as failed", async () => {
  expect(await reportOf({ "a.test.ts": `${header}throw new Error("cannot load");\n` })).toMatchObject({ passed: 0, failed: 1, status: 1 });
});

test("counts a test that passes when tried again as passed, and names it", async () => {
  const text = `${header}let tries = 0;\ntest("wavers", () => expect(++tries).toBe(2));\n`;
  expect(await reportOf({ "a.test.ts": text })).toMatchObject({ passed: 1, failed: 0, unstable: ["wavers"], status: 0 });
});
