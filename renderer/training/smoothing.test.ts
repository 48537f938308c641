import { describe, expect, test } from "vitest";
import { smooth } from "./smoothing.ts";

const smoothed = (values: readonly number[], weight: number): number[] => [...smooth(Float64Array.from(values), values.length, weight)];

describe("smoothing", () => {
  test("weight 0 leaves the curve as it is", () => {
    expect(smoothed([3, 1, 4], 0)).toEqual([3, 1, 4]);
  });

  test("starts at the first value, not at zero", () => {
    expect(smoothed([5, 5, 5], 0.999)).toEqual([5, 5, 5].map((value) => expect.closeTo(value, 9)));
  });

  test("is the debiased exponential average", () => {
    // By hand for weight 0.5: 4; (0.5·2 + 0.5·8)/0.75; (0.5·5 + 0.5·2)/0.875 over the undivided averages 2, 5, 3.5.
    expect(smoothed([4, 8, 2], 0.5)).toEqual([4, 5 / 0.75, 3.5 / 0.875].map((value) => expect.closeTo(value, 12)));
  });

  test("a value that is not a number stays a gap and spoils nothing after it", () => {
    const [first, gap, last] = smoothed([1, Number.NaN, 1], 0.9);
    expect(first).toBeCloseTo(1, 12);
    expect(gap).toBeNaN();
    expect(last).toBeCloseTo(1, 12);
  });

  test("a mean of several points moves it as those points would, given the usual strength; one of none leaves it", () => {
    const once = smooth(Float64Array.of(1, 3, 3), 3, 0.5, Float64Array.of(2, 2, 2));
    expect([...once]).toEqual(smoothed([1, 3, 3], 0.5));
    const halves = smooth(Float64Array.of(1, 1, 3, 3, 9), 5, 0.5, Float64Array.of(1, 1, 1, 1, 0));
    expect(halves[4]).toBe(halves[3]);
    const unlike = smooth(Float64Array.of(1, 3), 2, 0.5, Float64Array.of(3, 1));
    // Of 3/2 and 1/2 the usual strength.
    const [first, second] = [0.5 ** 1.5, 0.5 ** 0.5];
    expect(unlike[1]).toBeCloseTo((second * (1 - first) * 1 + (1 - second) * 3) / (1 - first * second), 12);
  });
  test("does not touch the buffer it reads", () => {
    const values = Float64Array.of(1, 2, 3);
    smooth(values, 3, 0.9);
    expect([...values]).toEqual([1, 2, 3]);
  });
});
