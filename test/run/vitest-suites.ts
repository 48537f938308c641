/**
 * The suites that Vitest runs: the unit tests beside the code, and one suite a folder of test/. Each is a process of its own,
 * so that a crash in one hides nothing of the others.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { SUITES_AT_ONCE } from "./close.ts";
import { runTool } from "./command.ts";
import type { Suite, SuiteResult } from "./suite.ts";
import { testFolders } from "./test-folders.ts";
import type { VitestReport } from "./vitest-reporter.ts";

export const unitTests: readonly Suite[] = [
  { name: "core", about: "unit tests beside the code of core/", run: () => runProject("core") },
  { name: "main", about: "unit tests beside the code of main/", run: () => runProject("main") },
  { name: "unit", about: "unit tests beside all other code", run: () => runProject("unit") },
];

/** The longest first, so that at the end no core is left with nothing to do for long. */
const LONG: readonly string[] = ["host", "engine", "cli", "soak", "acceptance", "transports", "kernels", "golden"];

export function folderSuites(): readonly Suite[] {
  const place = (name: string): number => (LONG.includes(name) ? LONG.indexOf(name) : LONG.length);
  return testFolders()
    .toSorted((a, b) => place(a) - place(b))
    .map((name) => ({
      name,
      about: name === "store" ? "tests of main/store/" : `tests in test/${name}/`,
      run: () => runProject(name),
    }));
}

/** Of the cores, those that are this suite's while another runs beside it (close.ts): so many files of tests are run at once. */
const WORKERS = Math.max(1, Math.floor(availableParallelism() / SUITES_AT_ONCE));

/** What is printed when the process of the tests falls: V8's own words, or Vitest's of a signal. No line of ours can do that. */
const ENGINE_FELL = /^# Fatal error in |Worker exited unexpectedly with signal SIG(?:SEGV|TRAP|ILL|BUS)/m;

/** A suite whose process V8 itself ended is run once more, and that is said aloud: the tests after the fall were never asked. */
async function runProject(project: string): Promise<SuiteResult> {
  const first = await attemptProject(project);
  if (first.failed === 0 || !ENGINE_FELL.test(first.output)) return first;
  const second = await attemptProject(project);
  return {
    ...second,
    unstable: [...(second.unstable ?? []), "the whole suite: its process fell (V8 or a native library) the first time"],
  };
}

function attemptProject(project: string): Promise<SuiteResult> {
  return withReportFile(async (file) => {
    const { status, output } = await runTool(
      "vitest",
      "vitest",
      [
        "run",
        "--project",
        project,
        "--retry=1",
        `--maxWorkers=${WORKERS}`,
        "--passWithNoTests",
        "--reporter=default",
        "--reporter=./test/run/vitest-reporter.ts",
      ],
      { environment: { NEUROLOOM_TEST_REPORT: file } },
    );
    if (!existsSync(file)) return { passed: 0, failed: 1, skipped: [], output: `${output}\nVitest ended (${status}) without a report.` };
    const report = JSON.parse(readFileSync(file, "utf8")) as VitestReport;
    // Vitest may fail for something that is no test's fault (a worker that died): never report that as passed.
    const failed = status !== 0 && report.failed === 0 ? 1 : report.failed;
    return { passed: report.passed, failed, skipped: report.skipped, unstable: report.unstable, output };
  });
}

/** Gives a path in a folder that is gone afterwards. */
export async function withReportFile<T>(use: (file: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "neuroloom-report-"));
  try {
    return await use(join(folder, "report.json"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
