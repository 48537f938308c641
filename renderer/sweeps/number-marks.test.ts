import { expect, test } from "vitest";
import { numberMarks } from "./number-marks.ts";

const texts = (low: number, high: number, log = false): readonly string[] => numberMarks(low, high, log).ticks.map(({ text }) => text);

test("marks are round, have as many decimals as each other and reach around all values", () => {
  expect(texts(0.04375, 1.121)).toEqual(["0.0", "0.2", "0.4", "0.6", "0.8", "1.0", "1.2"]);
  expect(texts(0.941, 0.953)).toEqual(["0.940", "0.942", "0.944", "0.946", "0.948", "0.950", "0.952", "0.954"]);
  expect(texts(120, 2800)).toEqual(["0", "500", "1,000", "1,500", "2,000", "2,500", "3,000"]);
  expect(texts(-3, 2)).toEqual(["−3", "−2", "−1", "0", "1", "2"]);
  expect(texts(7, 7)).toEqual(["7"]);
});

test("by the logarithm they are 1, 2 and 5 times powers of ten, fewer where it reaches far", () => {
  expect(texts(0.0045346, 0.251753, true)).toEqual(["0.002", "0.005", "0.01", "0.02", "0.05", "0.1", "0.2", "0.5"]);
  expect(texts(2, 26, true)).toEqual(["2", "5", "10", "20", "50"]);
  expect(texts(0.01, 0.2, true)).toEqual(["0.01", "0.02", "0.05", "0.1", "0.2"]);
  expect(texts(1e-5, 0.1, true)).toEqual(["1e-5", "3e-5", "1e-4", "3e-4", "1e-3", "3e-3", "1e-2", "3e-2", "1e-1"]);
  expect(texts(1e-6, 1, true)).toEqual(["1e-6", "1e-5", "1e-4", "1e-3", "1e-2", "1e-1", "1e0"]);
});

test("every value lies between the ends of its axis", () => {
  for (const [low, high] of [
    [1e-12, 1e12],
    [0.003, 0.3],
    [1.0001, 1.0002],
    [3, 4],
  ] as const)
    for (const log of [false, true]) {
      const { domain, ticks } = numberMarks(low, high, log);
      expect(domain[0]).toBeLessThanOrEqual(low * (1 + 1e-9));
      expect(domain[1]).toBeGreaterThanOrEqual(high * (1 - 1e-9));
      expect(ticks.length).toBeGreaterThan(1);
      expect(ticks.length).toBeLessThan(12);
    }
});
