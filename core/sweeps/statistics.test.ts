import { expect, test } from "vitest";
import { summaryOf, welchTest } from "./statistics.ts";

/** Six of these add up to 0.6 − 1.1e-16: a mean by plain summing is not 0.1, and the deviation is made of rounding. */
const same = (count: number): number[] => Array.from({ length: count }, () => 0.1);

test("runs that all reached the same have that mean and no deviation", () => {
  expect(summaryOf(same(6))).toMatchObject({ mean: 0.1, deviation: 0, margin: 0 });
});

test("groups that all reached the same do not differ, however many runs each has", () => {
  expect(welchTest(same(6), same(3))).toMatchObject({ difference: 0, t: 0, p: 1 });
});
