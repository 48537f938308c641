/**
 * How a run of suites ends: reasons of what was skipped, set apart, then exactly one closing line, and the exit status.
 */
import { closingLine, runSuites, type Suite, skippedNotice, unstableNotice } from "./suite.ts";

export async function runAndClose(suites: readonly Suite[]): Promise<void> {
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const totals = await runSuites(suites, say, () => performance.now());
  for (const notice of [skippedNotice(totals), unstableNotice(totals)]) if (notice !== "") say(`\n${notice}`);
  say(`\n${closingLine(totals)}`);
  process.exitCode = totals.failed > 0 ? 1 : 0;
}
