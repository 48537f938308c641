/** Runs test files of a copied tree with Vitest and says how each of their tests ended. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { runTool } from "../run/command.ts";

const LIMIT_MS = 5 * 60_000;

export interface FileOutcome {
  /** From the root of the tree. */
  readonly file: string;
  /** Full names of its tests, by how they ended. */
  readonly passed: readonly string[];
  readonly failed: readonly string[];
  /** Why the file could not be run at all; null when it could. */
  readonly broken: string | null;
}

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/**
 * @param stopEarly whether one failure is enough
 * @throws Error when Vitest gives no report: it did not start, or ran out of time
 */
export async function runTests(root: string, files: readonly string[], stopEarly: boolean): Promise<readonly FileOutcome[]> {
  const reportFile = join(root, "fault-report.json");
  rmSync(reportFile, { force: true });
  const { output } = await runTool(
    "vitest",
    "vitest",
    ["run", "--root", root, "--reporter=json", `--outputFile=${reportFile}`, ...(stopEarly ? ["--bail=1"] : []), ...files],
    { folder: root, timeoutMs: LIMIT_MS },
  );
  if (!existsSync(reportFile)) throw new Error(`Vitest gave no report: ${output.trim().split("\n").at(-1) ?? ""}`);
  const { testResults } = JSON.parse(readFileSync(reportFile, "utf8")) as Report;
  return testResults.map(({ name, status, message, assertionResults }) => {
    const named = (ending: string): string[] => assertionResults.filter((test) => test.status === ending).map((test) => test.fullName);
    const failed = named("failed");
    return {
      file: relative(root, name).replaceAll("\\", "/"),
      passed: named("passed"),
      failed,
      broken: status === "failed" && failed.length === 0 ? (message.split("\n", 1)[0] ?? "") : null,
    };
  });
}
