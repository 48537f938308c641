import { expect, test } from "vitest";
import { rangeChart } from "./range-chart.ts";
import { nearestPoint, roundedRate } from "./range-test.ts";

const points = [1e-6, 1e-5, 1e-4, 1e-3, 1e-2].map((rate, i) => ({ rate, loss: 5 - i, smoothed: 5 - i / 2 }));

test("a rate is nearest in ratio, not in difference", () => {
  expect(nearestPoint(points, 4e-4)).toBe(3);
  expect(nearestPoint(points, 2e-4)).toBe(2);
  expect(nearestPoint(points, 1)).toBe(4);
  expect(nearestPoint([], 1)).toBe(0);
});

test("a rate is rounded to two digits", () => {
  expect([0.012589, 3.98e-5, 1].map(roundedRate)).toEqual([0.013, 4e-5, 1]);
});

test("equal ratios of rates are equal steps to the right, and what diverged does not flatten the rest", () => {
  const drawn = rangeChart([...points, { rate: 0.1, loss: 1e9, smoothed: 1e8 }], { from: 1e-6, to: 1 });
  const xs = points.map(({ rate }) => drawn.x(rate));
  const steps = xs.slice(1).map((x, i) => x - (xs[i] ?? 0));
  for (const step of steps) expect(step).toBeCloseTo(steps[0] ?? 0, 9);
  expect(drawn.y(5) - drawn.y(1)).toBeLessThan(-30);
  expect(drawn.smoothed.startsWith("M")).toBe(true);
  expect(drawn.rateTicks).toContain(1e-3);
});
