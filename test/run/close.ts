/**
 * How a run of suites ends: reasons of what was skipped, set apart, then exactly one closing line, and the exit status.
 */
import { availableParallelism } from "node:os";
import { closingLine, runSuites, type Suite, skippedNotice, unstableNotice } from "./suite.ts";

/** Two, where there are the cores: most suites are one file of tests after the other, and leave a core idle. */
export const SUITES_AT_ONCE = Math.min(2, availableParallelism());

export async function runAndClose(suites: readonly Suite[]): Promise<void> {
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const totals = await runSuites(suites, say, () => performance.now(), SUITES_AT_ONCE);
  for (const notice of [skippedNotice(totals), unstableNotice(totals)]) if (notice !== "") say(`\n${notice}`);
  say(`\n${closingLine(totals)}`);
  process.exitCode = totals.failed > 0 ? 1 : 0;
}
