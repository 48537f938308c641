import { expect, test } from "vitest";
import { CurveSampler } from "./curve-sampler.ts";

function sample(values: readonly (number | null)[], maxPoints: number) {
  const sampler = new CurveSampler("loss", values.length, maxPoints);
  values.forEach((value, index) => sampler.add(index + 1, index / 10, index / 2, value ?? Number.NaN));
  return sampler.finish();
}

test("keeps every point when there are not more than wanted", () => {
  expect(sample([3, null, 1], 3)).toEqual({ name: "loss", x: [1, 2, 3], epoch: [0, 0.1, 0.2], seconds: [0, 0.5, 1], y: [3, null, 1] });
  expect(sample([], 2)).toEqual({ name: "loss", x: [], epoch: [], seconds: [], y: [] });
});

test("keeps first and last and, of each stretch between, the smallest and the largest in their order", () => {
  const curve = sample([9, 5, 1, 7, 2, 8, 6, 4, 3, 0], 6);
  // Stretches: steps 2 to 5 (5 1 7 2) and 6 to 9 (8 6 4 3).
  expect(curve.x).toEqual([1, 3, 4, 6, 9, 10]);
  expect(curve.y).toEqual([9, 1, 7, 8, 3, 0]);
  expect(curve.seconds).toEqual([0, 1, 1.5, 2.5, 4, 4.5]);
});

test("keeps only the ends when two or three points are wanted", () => {
  expect(sample([1, 2, 3, 4], 2).x).toEqual([1, 4]);
  expect(sample([1, 2, 3, 4], 3).x).toEqual([1, 4]);
});

test("a stretch gives one point when it is level and null only when it has no number", () => {
  const curve = sample([0, 5, 5, 5, null, null, null, null, 2, null, 1, 1], 8);
  // Stretches of the ten points between: 2 to 5, 6 to 8, 9 to 11.
  expect(curve.x).toEqual([1, 2, 6, 9, 11, 12]);
  expect(curve.y).toEqual([0, 5, null, 2, 1, 1]);
});

test("with the points of a stretch goes its mean and how many it is of, so that they can be smoothed", () => {
  const curve = sample([9, 5, 1, 7, 2, 8, 6, 4, null, 0], 6);
  expect(curve.mean).toEqual([9, 3.75, 3.75, 6, 6, 0]);
  expect(curve.count).toEqual([1, 2, 2, 1.5, 1.5, 1]);
  const level = sample([0, 5, 5, 5, null, null, null, null, 2, null, 1, 1], 8);
  expect(level.mean).toEqual([0, 5, null, 1.5, 1.5, 1]);
  expect(level.count).toEqual([1, 3, 0, 1, 1, 1]);
});
