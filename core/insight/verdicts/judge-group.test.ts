/** Verdicts on the members of a group, each thing once. */
import { expect, it } from "vitest";
import { judgeGroup } from "./judge-group.ts";
import type { Verdict } from "./verdict.ts";

const said = (code: string, tone: Verdict["tone"], epoch: number): Verdict => ({ code, tone, params: { epoch }, fixes: [] });

it("says each thing once, first what is said of most, of as many the gravest, with the numbers of the first of whom it is said", () => {
  const found = judgeGroup([
    { id: "a", verdicts: [said("few", "advice", 1), said("late", "advice", 1)] },
    { id: "b", verdicts: [said("over", "problem", 2), said("few", "advice", 2)] },
    { id: "c", verdicts: [] },
    { id: "d", verdicts: [said("few", "advice", 4)] },
  ]);
  expect(found).toEqual([
    { code: "few", tone: "advice", params: { epoch: 1 }, runs: ["a", "b", "d"] },
    { code: "over", tone: "problem", params: { epoch: 2 }, runs: ["b"] },
    { code: "late", tone: "advice", params: { epoch: 1 }, runs: ["a"] },
  ]);
});
