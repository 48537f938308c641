/** Histograms of weights, against numbers counted by hand. */
import { expect, it } from "vitest";
import { histogramOf } from "./histogram.ts";
import { evenly, historyOf } from "./history.ts";

it("counts each number once, the largest in the last bin, and tells mean and deviation", () => {
  expect(histogramOf([0, 1, 1, 3, 4], 4)).toEqual({ counts: [1, 2, 0, 2], min: 0, max: 4, mean: 1.8, deviation: Math.sqrt(2.16) });
  expect(histogramOf([2, 2], 3)).toMatchObject({ counts: [2, 0, 0], min: 2, max: 2, deviation: 0 });
  expect(histogramOf([], 2)).toEqual({ counts: [0, 0], min: 0, max: 0, mean: 0, deviation: 0 });
});

it("lays the weights of all epochs over one axis", () => {
  const found = historyOf(
    [
      { epoch: 0, values: [0, 0] },
      { epoch: 5, values: [-2, 2] },
    ],
    4,
  );
  expect(found).toEqual({
    epochs: [0, 5],
    min: -2,
    max: 2,
    counts: [
      [0, 0, 2, 0],
      [1, 0, 0, 1],
    ],
  });
});

it("takes the first, the last and even steps between", () => {
  expect(evenly([0, 1, 2, 3, 4, 5, 6, 7, 8], 3)).toEqual([0, 4, 8]);
  expect(evenly([1, 2], 3)).toEqual([1, 2]);
});
