/**
 * What `npm test` and `npm run check` are made of: suites that each give counts, one line a suite, and one closing line
 * that adds them up. A suite that ran nothing counts as one failure.
 */
export interface Skipped {
  readonly test: string;
  /** Why; empty when the test does not say. */
  readonly reason: string;
}

export interface SuiteResult {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly Skipped[];
  /** Names of tests that failed once and passed when tried again: counted as passed, and said aloud. */
  readonly unstable?: readonly string[];
  /** What the suite printed: shown when something failed. */
  readonly output: string;
}

export interface Suite {
  readonly name: string;
  /** What it does, in a few words. */
  readonly about: string;
  /** Nothing runs beside it: it has a use for every core, or later ones need what it makes. */
  readonly alone?: true;
  readonly run: () => Promise<SuiteResult>;
}

export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly (Skipped & { readonly suite: string })[];
  readonly unstable: readonly string[];
}

/** The result of a check that is one thing: it holds or it does not. */
export function single(holds: boolean, output: string): SuiteResult {
  return { passed: holds ? 1 : 0, failed: holds ? 0 : 1, skipped: [], output };
}

/**
 * Runs suites in their order, up to `atOnce` side by side, all of them whatever happens, and reports each as it ends.
 * @param clock milliseconds, rising
 */
export async function runSuites(suites: readonly Suite[], say: (line: string) => void, clock: () => number, atOnce = 1): Promise<Totals> {
  const results = new Map<Suite, SuiteResult>();
  const going = new Set<Promise<void>>();
  const runOne = async (suite: Suite): Promise<void> => {
    const begun = clock();
    const result = await outcome(suite);
    results.set(suite, result);
    sayResult(suite, result, (clock() - begun) / 1000, say);
  };
  for (const suite of suites) {
    while (going.size >= (suite.alone === true ? 1 : atOnce)) await Promise.race(going);
    const one: Promise<void> = runOne(suite).finally(() => going.delete(one));
    going.add(one);
    if (suite.alone === true) await one;
  }
  await Promise.all(going);
  const inOrder = suites.map((suite) => ({ name: suite.name, result: results.get(suite) as SuiteResult }));
  return {
    passed: inOrder.reduce((sum, { result }) => sum + result.passed, 0),
    failed: inOrder.reduce((sum, { result }) => sum + result.failed, 0),
    skipped: inOrder.flatMap(({ name, result }) => result.skipped.map((skip) => ({ ...skip, suite: name }))),
    unstable: inOrder.flatMap(({ name, result }) => (result.unstable ?? []).map((test) => `${name} › ${test}`)),
  };
}

function sayResult(suite: Suite, result: SuiteResult, seconds: number, say: (line: string) => void): void {
  if (result.failed > 0) say(`\n──── ${suite.name}: what it printed ────\n${result.output.trimEnd()}\n────`);
  say(
    `${result.failed > 0 ? "FAILED" : "ok    "} ${suite.name.padEnd(16)}${seconds.toFixed(1).padStart(7)} s ${count(result.passed, "passed")}` +
      `${count(result.failed, "failed")}${count(result.skipped.length, "skipped")}  ${suite.about}`,
  );
}

async function outcome(suite: Suite): Promise<SuiteResult> {
  try {
    const result = await suite.run();
    if (result.passed + result.failed > 0) return result;
    const output = `${result.output}\n${suite.name} ran no test${result.skipped.length > 0 ? ": all were skipped" : ""}. An empty suite is a failure.`;
    return { ...result, failed: 1, output };
  } catch (thrown) {
    return single(false, thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown));
  }
}

function count(number: number, word: string): string {
  return `${String(number).padStart(6)} ${word}`;
}

/** The skipped tests with their reasons, set apart so that nobody overlooks them; empty when there are none. */
export function skippedNotice(totals: Totals): string {
  if (totals.skipped.length === 0) return "";
  const bar = "!".repeat(100);
  const lines = totals.skipped.map(
    ({ suite, test, reason }) => `!! ${suite} › ${test}\n!!    because: ${reason === "" ? "NO REASON GIVEN" : reason}`,
  );
  return [bar, `!! SKIPPED, ${totals.skipped.length} in all: what follows was NOT tested`, ...lines, bar].join("\n");
}

/** The tests that passed only when tried again, set apart: each is a defect to be found. Empty when there are none. */
export function unstableNotice(totals: Totals): string {
  if (totals.unstable.length === 0) return "";
  const bar = "~".repeat(100);
  return [
    bar,
    `~~ UNSTABLE, ${totals.unstable.length} in all: failed once, passed when tried again`,
    ...totals.unstable.map((test) => `~~ ${test}`),
    bar,
  ].join("\n");
}

/** `12 passed, 0 failed`, and `, 1 skipped` when there are any. */
export function closingLine(totals: Totals): string {
  const skipped = totals.skipped.length > 0 ? `, ${totals.skipped.length} skipped` : "";
  return `${totals.passed} passed, ${totals.failed} failed${skipped}`;
}
