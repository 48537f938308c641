import { describe, expect, test } from "vitest";
import { linearTicks, logTicks, place, roundedDomain, valueDomain, valueTicks, wholeTicks } from "./axes.ts";

const plain = { log: false, ignoreOutliers: false };

describe("axes", () => {
  test("hold every value with a little room", () => {
    const [low, high] = valueDomain([0.2, 0.6], plain);
    expect(low).toBeLessThan(0.2);
    expect(high).toBeGreaterThan(0.6);
  });

  test("show lines that hardly move as flat, and those that do in full", () => {
    const heightOf = (values: readonly number[]): number => {
      const [low, high] = valueDomain(values, plain);
      return (Math.max(...values) - Math.min(...values)) / (high - low);
    };
    expect(heightOf([0.701, 0.706])).toBeLessThan(0.05);
    expect(heightOf([0.25, 0.69])).toBeGreaterThan(0.9);
  });

  test("do not go below zero for values that cannot", () => {
    expect(valueDomain([0.001, 1], plain)[0]).toBe(0);
  });

  test("leave out a spike when outliers are ignored", () => {
    const values = [...Array.from({ length: 100 }, (_, index) => index / 100), 1e6];
    expect(valueDomain(values, { log: false, ignoreOutliers: true })[1]).toBeLessThan(2);
    expect(valueDomain(values, plain)[1]).toBeGreaterThan(1e6);
  });

  test("a logarithmic axis leaves out zero and negative values", () => {
    const [low, high] = valueDomain([-1, 0, 0.01, 10], { log: true, ignoreOutliers: false });
    expect(low).toBeGreaterThan(0);
    expect(low).toBeLessThanOrEqual(0.01);
    expect(high).toBeGreaterThanOrEqual(10);
  });

  test("rounded outwards they hold the same values and move seldom", () => {
    const domains = Array.from({ length: 1000 }, (_, index) => roundedDomain([0, 1000 + index]));
    domains.forEach(([low, high], index) => {
      expect(low).toBe(0);
      expect(high).toBeGreaterThanOrEqual(1000 + index);
      expect(high).toBeLessThanOrEqual((1000 + index) * 1.1);
    });
    expect(new Set(domains.map(String)).size).toBeLessThan(25);
    const [low, high] = roundedDomain([0.283, 0.617]);
    expect([low, high]).toEqual([0.28, 0.62]);
  });

  test("have a height even when nothing moves or nothing is there", () => {
    for (const values of [[], [0], [5, 5, 5], [-3]])
      for (const log of [false, true]) {
        const [low, high] = valueDomain(values, { log, ignoreOutliers: false });
        expect(high, `${values} log ${log}`).toBeGreaterThan(low);
      }
  });

  test("have round marks inside", () => {
    expect(linearTicks([0.28, 0.62], 4)).toEqual([0.3, 0.4, 0.5, 0.6]);
    expect(linearTicks([-12, 13], 5)).toEqual([-10, -5, 0, 5, 10]);
  });

  test("a value axis has two marks at the least", () => {
    expect(linearTicks([0.15, 0.75], 2)).toEqual([0.5]);
    expect(valueTicks([0.15, 0.75], 2)).toEqual([0.2, 0.4, 0.6]);
    expect(valueTicks([0, 1], 2)).toEqual([0, 0.5, 1]);
  });

  test("epochs and steps have whole marks", () => {
    expect(wholeTicks([0, 3], 6)).toEqual([0, 1, 2, 3]);
    expect(wholeTicks([0, 200], 4)).toEqual([0, 50, 100, 150, 200]);
  });

  test("logarithmic marks are powers of ten, or finer where the range is small", () => {
    expect(logTicks([0.001, 10], 5)).toEqual([0.001, 0.01, 0.1, 1, 10]);
    expect(logTicks([0.1, 1], 5)).toEqual([0.1, 0.3, 1]);
  });

  test("place values along the axis", () => {
    expect(place(5, [0, 10], false)).toBeCloseTo(0.5, 12);
    expect(place(0.1, [0.01, 1], true)).toBeCloseTo(0.5, 12);
  });
});
