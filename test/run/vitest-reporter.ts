/**
 * A reporter for Vitest that writes counts and the reason of every skipped test to the file that NEUROLOOM_TEST_REPORT
 * names; Vitest's own JSON leaves the reasons out. Read by vitest-suites.ts.
 */
import { writeFileSync } from "node:fs";
import type { Reporter, SerializedError, TestModule } from "vitest/node";
import type { Skipped } from "./suite.ts";

export interface VitestReport {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly Skipped[];
  readonly unstable: readonly string[];
}

export default class CountsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const file = process.env["NEUROLOOM_TEST_REPORT"];
    if (file === undefined) throw new Error("NEUROLOOM_TEST_REPORT is not set: it names the file to write");
    let passed = 0;
    // An error outside every test (a file that does not load, a promise nobody waits for) is a failure of its own.
    let failed = unhandled.length;
    const skipped: Skipped[] = [];
    const unstable: string[] = [];
    for (const module of modules) {
      failed += module.errors().length;
      for (const suite of module.children.allSuites()) failed += suite.errors().length;
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (test.diagnostic()?.flaky === true) unstable.push(test.fullName);
        if (result.state === "passed") passed += 1;
        else if (result.state === "failed") failed += 1;
        else skipped.push({ test: test.fullName, reason: (result.state === "skipped" ? result.note : undefined) ?? "" });
      }
    }
    writeFileSync(file, JSON.stringify({ passed, failed, skipped, unstable } satisfies VitestReport));
  }
}
