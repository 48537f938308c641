/**
 * `npm run acceptance`: every run of registry.ts, or those named (`-- sms_spam text_r8`), on the data beside the repository; prints
 * what was asked and what was reached. `--write` keeps it in docs/acceptance.md. Exits with 1 when something asked was not reached.
 */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { REPOSITORY } from "../run/command.ts";
import { type AcceptanceRun, askedText, isReached, reachedText } from "./acceptance.ts";
import { missingData, openCommandLine } from "./command-line.ts";
import { type Outcome, writePage } from "./page.ts";
import { acceptanceRuns } from "./registry.ts";

const { values, positionals } = parseArgs({ options: { write: { type: "boolean", default: false } }, allowPositionals: true });
const known = acceptanceRuns.map(({ name }) => name);
const unknown = positionals.filter((name) => !known.includes(name));
if (unknown.length > 0) throw new Error(`there is no run ${unknown.join()}; known: ${known.join()}`);

async function make(run: AcceptanceRun): Promise<Outcome> {
  const neuroloom = openCommandLine();
  const start = performance.now();
  try {
    const figures = await run.measure(neuroloom);
    return { run, figures, calls: neuroloom.calls, seconds: (performance.now() - start) / 1000 };
  } finally {
    neuroloom.close();
  }
}

function print({ run, figures, seconds }: Outcome): void {
  process.stdout.write(`${run.name}: ${run.about} ${seconds.toFixed(0)} s\n`);
  for (const figure of figures) {
    const mark = isReached(figure) ? "  " : "✗ ";
    process.stdout.write(
      `  ${mark}${figure.what}: ${reachedText(figure)}${askedText(figure) === "" ? "" : `, asked ${askedText(figure)}`}\n`,
    );
  }
}

const outcomes: Outcome[] = [];
let failed = false;
for (const run of acceptanceRuns.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
  const missing = missingData(run.data);
  if (missing.length > 0) {
    process.stdout.write(`${run.name}: SKIPPED, ../shared/data lacks ${missing.join(", ")}\n`);
    continue;
  }
  try {
    const outcome = await make(run);
    print(outcome);
    outcomes.push(outcome);
  } catch (error) {
    // The others are made all the same.
    process.stdout.write(`${run.name}: FAILED, ${error instanceof Error ? error.message : String(error)}\n`);
    failed = true;
  }
}
if (values.write) {
  const date = new Date().toISOString().slice(0, 10);
  const measured = `${date}, ${availableParallelism()} cores, Node ${process.versions.node}`;
  writePage(join(REPOSITORY, "docs/acceptance.md"), acceptanceRuns, outcomes, measured);
  for (const { run, figures } of outcomes) run.keep?.(figures, measured);
}
process.exitCode = failed || outcomes.some(({ figures }) => !figures.every(isReached)) ? 1 : 0;
