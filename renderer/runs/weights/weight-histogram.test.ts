import { expect, it } from "vitest";
import { countBins, spreadOf } from "./weight-histogram.ts";

it("counts every finite value once, those at both ends too", () => {
  const values = [-1, -0.5, 0, 0.5, 1, null, Number.NaN];
  const spread = spreadOf(values, null);
  expect(spread).toEqual({ from: -1, to: 1 });
  expect(countBins(values, spread, 4)).toEqual([1, 1, 1, 2]);
});

it("has one bar for values that are all the same, and none for no values", () => {
  expect(countBins([3, 3], spreadOf([3, 3], null), 4)).toEqual([0, 0, 2, 0]);
  expect(countBins([], spreadOf([], null), 4)).toEqual([0, 0, 0, 0]);
});

it("keeps an axis that was wider before, and widens it where it must", () => {
  expect(spreadOf([0, 1], { from: -2, to: 0.5 })).toEqual({ from: -2, to: 1 });
});
