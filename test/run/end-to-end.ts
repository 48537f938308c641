/**
 * The end-to-end suite: Playwright Test over test/e2e, with a Chromium that is installed first when there is none.
 */
import { existsSync, readFileSync } from "node:fs";
import { ensureChromium } from "../chromium.ts";
import { runTool } from "./command.ts";
import { type Skipped, type Suite, type SuiteResult, single } from "./suite.ts";
import { withReportFile } from "./vitest-suites.ts";

/** The parts of Playwright's JSON report that are read here. */
interface PlaywrightReport {
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number; readonly skipped: number };
  readonly errors: readonly { readonly message?: string }[];
  readonly suites: readonly PlaywrightSuite[];
}
interface PlaywrightSuite {
  readonly title: string;
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs: readonly {
    readonly title: string;
    readonly tests: readonly {
      readonly status: string;
      readonly annotations: readonly { readonly type: string; readonly description?: string }[];
    }[];
  }[];
}

export const endToEnd: Suite = {
  name: "end-to-end",
  about: "the app in Chromium, by mouse and keys (test/e2e/)",
  alone: true,
  run: runEndToEnd,
};

async function runEndToEnd(): Promise<SuiteResult> {
  const chromium = ensureChromium((line) => process.stdout.write(`${line}\n`));
  return withReportFile(async (file) => {
    const { status, output } = await runTool("@playwright/test", "playwright", ["test", "--retries=1"], {
      environment: { NEUROLOOM_TEST_REPORT: file, CHROMIUM_PATH: chromium },
    });
    if (!existsSync(file)) return single(false, `${output}\nPlaywright ended (${status}) without a report.`);
    const { stats, errors, suites } = JSON.parse(readFileSync(file, "utf8")) as PlaywrightReport;
    const failed = stats.unexpected + errors.length;
    return {
      passed: stats.expected + stats.flaky,
      failed: status !== 0 && failed === 0 ? 1 : failed,
      skipped: suites.flatMap((suite) => withStatus(suite, "", "skipped")),
      unstable: suites.flatMap((suite) => withStatus(suite, "", "flaky")).map(({ test }) => test),
      output,
    };
  });
}

function withStatus(suite: PlaywrightSuite, above: string, status: "skipped" | "flaky"): readonly Skipped[] {
  const path = above === "" ? suite.title : `${above} > ${suite.title}`;
  const own = suite.specs.flatMap((spec) =>
    spec.tests
      .filter((test) => test.status === status)
      .map((test) => ({
        test: `${path} > ${spec.title}`,
        reason: test.annotations.flatMap((annotation) => annotation.description ?? []).join("; "),
      })),
  );
  return [...own, ...(suite.suites ?? []).flatMap((child) => withStatus(child, path, status))];
}
