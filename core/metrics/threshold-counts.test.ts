/** The two ways of sorting say the same, to the bit; what they say is checked against scikit-learn's figures in metric.test.ts. */
import { expect, test } from "vitest";
import { Random } from "../data/random.ts";
import { thresholdCounts } from "./threshold-counts.ts";

const random = new Random(3);
const ROWS = 500;
const yes = Uint8Array.from({ length: ROWS }, () => (random.float() < 0.3 ? 1 : 0));
const isYes = (row: number): boolean => yes[row] === 1;
const ones = new Float64Array(ROWS).fill(1);

test.each([
  ["scores of many values", Float64Array.from({ length: ROWS }, () => random.float() - 0.5)],
  ["scores of seven values", Float64Array.from({ length: ROWS }, () => Math.floor(random.float() * 7))],
  ["one score", new Float64Array(ROWS)],
  ["zero of either sign", Float64Array.from({ length: ROWS }, (_, row) => (row % 2 === 0 ? 0 : -0))],
])("%s: rows that count alike and rows that weigh one each", (_, scores) => {
  const alike = thresholdCounts(scores, isYes, null);
  const weighed = thresholdCounts(scores, isYes, ones);
  expect([...alike.falseYes]).toEqual([...weighed.falseYes]);
  expect([...alike.trueYes]).toEqual([...weighed.trueYes]);
  expect(alike.thresholds.length).toBe(new Set(scores).size);
  alike.thresholds.forEach((threshold, i) => expect(threshold === weighed.thresholds[i]).toBe(true));
});

test("a score that is no number stands below all others", () => {
  const scores = [0.5, Number.NaN, 0.9, Number.NaN];
  for (const weights of [null, [1, 1, 1, 1]]) {
    const { thresholds, falseYes, trueYes } = thresholdCounts(scores, (row) => row < 2, weights);
    expect([...thresholds]).toEqual([0.9, 0.5, Number.NEGATIVE_INFINITY]);
    expect([...falseYes]).toEqual([1, 1, 2]);
    expect([...trueYes]).toEqual([0, 1, 2]);
  }
});

test("no rows have no thresholds", () => {
  for (const weights of [null, []]) expect(thresholdCounts([], isYes, weights).thresholds.length).toBe(0);
});
