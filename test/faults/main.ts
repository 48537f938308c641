/**
 * `npm run faults`: plants each fault of list.ts in a copy of the tree and asks whether a test breaks that holds without it.
 * `-- --only TEXT` takes the faults whose name contains it; `-- --list` names them. A fault that nobody notices is a failure:
 * a test is missing.
 */
import { parseArgs } from "node:util";
import type { Fault } from "./fault.ts";
import { faults } from "./list.ts";
import { type FileOutcome, runTests } from "./run-tests.ts";
import { copyTree, type TreeCopy } from "./tree-copy.ts";

const { values } = parseArgs({ options: { only: { type: "string" }, list: { type: "boolean", default: false } } });
const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Verdict {
  readonly noticed: boolean;
  /** The test that broke, or why the fault passed. */
  readonly words: string;
}

/** How the test files end without any fault, by file. */
async function soundOutcomes(tree: TreeCopy, chosen: readonly Fault[]): Promise<ReadonlyMap<string, FileOutcome>> {
  const files = [...new Set(chosen.flatMap(({ tests }) => tests))];
  return new Map((await runTests(tree.root, files, false)).map((outcome) => [outcome.file, outcome]));
}

async function judge(tree: TreeCopy, fault: Fault, sound: ReadonlyMap<string, FileOutcome>): Promise<Verdict> {
  const before = fault.tests.map((file) => ({ file, outcome: sound.get(file) }));
  const unusable = before.find(({ outcome }) => outcome === undefined || outcome.broken !== null || outcome.passed.length === 0);
  if (unusable !== undefined) return { noticed: false, words: `${unusable.file}: ${whyUnusable(unusable.outcome)}` };
  const passing = new Set(before.flatMap(({ file, outcome }) => (outcome?.passed ?? []).map((name) => `${file}: ${name}`)));
  // The first failure is enough where it cannot be one that was there before.
  const isGreen = before.every(({ outcome }) => outcome?.failed.length === 0);
  try {
    const outcomes = await tree.withFault(fault, () => runTests(tree.root, fault.tests, isGreen));
    const broken = outcomes.flatMap(({ file, failed }) => failed.map((name) => `${file}: ${name}`)).find((test) => passing.has(test));
    if (broken !== undefined) return { noticed: true, words: broken };
    // A tree that does not load proves nothing about the tests.
    const unloadable = outcomes.find((outcome) => outcome.broken !== null);
    if (unloadable !== undefined) return { noticed: false, words: `${unloadable.file} does not even run: ${unloadable.broken ?? ""}` };
    const failing = before.flatMap(({ outcome }) => outcome?.failed ?? []);
    const rest = failing.length === 0 ? "" : `; fails without it too: ${failing.join("; ")}`;
    return { noticed: false, words: `NOT NOTICED by ${fault.tests.join(", ")}${rest}` };
  } catch (thrown) {
    return { noticed: false, words: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

function whyUnusable(outcome: FileOutcome | undefined): string {
  if (outcome === undefined) return "no such test file";
  if (outcome.broken !== null) return `does not run without the fault: ${outcome.broken}`;
  return outcome.failed.length > 0 ? `fails without the fault: ${outcome.failed[0] ?? ""}` : "all of its tests are skipped";
}

const chosen = faults.filter(({ name }) => values.only === undefined || name.includes(values.only));
if (values.list) for (const { name, file } of chosen) say(`${name.padEnd(64)} ${file}`);
else {
  const tree = copyTree();
  let passed = 0;
  try {
    const sound = await soundOutcomes(tree, chosen);
    for (const fault of chosen) {
      const { noticed, words } = await judge(tree, fault, sound);
      if (noticed) passed += 1;
      say(`${noticed ? "ok    " : "FAILED"} ${fault.name.padEnd(64)} ${noticed ? "→" : "✗"} ${words}`);
    }
  } finally {
    tree.remove();
  }
  if (chosen.length === 0) say(`no fault's name contains "${values.only ?? ""}": npm run faults -- --list names them`);
  say(`\n${passed} passed, ${chosen.length - passed} failed`);
  process.exitCode = passed === chosen.length && chosen.length > 0 ? 0 : 1;
}
