/**
 * The runner's promises: every suite runs, an empty one fails, what was skipped is said loudly, and one line counts all.
 */
import { expect, test } from "vitest";
import { closingLine, runSuites, type Suite, type SuiteResult, single, skippedNotice, unstableNotice } from "./suite.ts";

function suite(name: string, run: () => Partial<SuiteResult>): Suite {
  return { name, about: "", run: () => Promise.resolve().then(() => ({ passed: 0, failed: 0, skipped: [], output: "", ...run() })) };
}

async function outcome(suites: readonly Suite[]): Promise<{ closing: string; notice: string; printed: string }> {
  const lines: string[] = [];
  const totals = await runSuites(
    suites,
    (line) => lines.push(line),
    () => 0,
  );
  return { closing: closingLine(totals), notice: skippedNotice(totals), printed: lines.join("\n") };
}

test("adds up all suites in one closing line", async () => {
  const { closing, notice } = await outcome([suite("a", () => ({ passed: 3 })), suite("b", () => single(true, ""))]);
  expect(closing).toBe("4 passed, 0 failed");
  expect(notice).toBe("");
});

test("says how many were skipped, and why, and when no reason was given", async () => {
  const skipped = [
    { test: "reads hotel.csv", reason: "shared data are missing" },
    { test: "other", reason: "" },
  ];
  const { closing, notice } = await outcome([suite("data", () => ({ passed: 1, skipped }))]);
  expect(closing).toBe("1 passed, 0 failed, 2 skipped");
  expect(notice).toContain("data › reads hotel.csv");
  expect(notice).toContain("because: shared data are missing");
  expect(notice).toContain("because: NO REASON GIVEN");
});

test("names what passed only when tried again", async () => {
  const totals = await runSuites(
    [suite("store", () => ({ passed: 2, unstable: ["four processes"] }))],
    () => undefined,
    () => 0,
  );
  expect(closingLine(totals)).toBe("2 passed, 0 failed");
  expect(unstableNotice(totals)).toContain("store › four processes");
  expect(skippedNotice(totals)).toBe("");
});

test("runs as many side by side as it is told, none beside one that wants to be alone, and counts them in their order", async () => {
  const acts: string[] = [];
  const logged = (name: string, turns: number, alone?: true): Suite => ({
    name,
    about: "",
    ...(alone === undefined ? {} : { alone }),
    run: async () => {
      acts.push(`${name} begins`);
      for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
      acts.push(`${name} ends`);
      return { passed: 1, failed: 0, skipped: [{ test: "t", reason: name }], output: "" };
    },
  });
  const suites = [logged("build", 2, true), logged("long", 20), logged("short", 2), logged("next", 2), logged("alone", 2, true)];
  const totals = await runSuites(
    suites,
    () => undefined,
    () => 0,
    2,
  );
  const happened = ["build begins", "build ends", "long begins", "short begins", "short ends", "next begins", "next ends", "long ends"];
  expect(acts).toEqual([...happened, "alone begins", "alone ends"]);
  expect(totals.skipped.map(({ suite }) => suite)).toEqual(suites.map(({ name }) => name));
  expect(closingLine(totals)).toBe("5 passed, 0 failed, 5 skipped");
});

test("goes on after a suite that fails or breaks, and shows what it printed", async () => {
  const broken = suite("broken", () => {
    throw new Error("the runner fell over");
  });
  const { closing, printed } = await outcome([
    broken,
    suite("red", () => ({ passed: 1, failed: 2, output: "expected 1" })),
    suite("green", () => ({ passed: 1 })),
  ]);
  expect(closing).toBe("2 passed, 3 failed");
  expect(printed).toContain("the runner fell over");
  expect(printed).toContain("expected 1");
  expect(printed).toMatch(/^ok {5}green/m);
});

test("counts a suite that ran no test as failed and names it", async () => {
  const { closing, printed } = await outcome([
    suite("empty", () => ({})),
    suite("all skipped", () => ({ skipped: [{ test: "t", reason: "r" }] })),
  ]);
  expect(closing).toBe("0 passed, 2 failed, 1 skipped");
  expect(printed).toContain("empty ran no test. An empty suite is a failure.");
  expect(printed).toContain("all skipped ran no test: all were skipped.");
});
