import { describe, expect, test } from "vitest";
import { downsample } from "./downsample.ts";

function curve(values: readonly number[]) {
  return { x: Float64Array.from(values, (_, index) => index + 1), y: Float64Array.from(values), length: values.length };
}
/** Deterministic noise between 0 and 1. */
const noise = (index: number): number => ((index * 7919) % 1009) / 1009;

describe("down-sampling of a curve", () => {
  test("leaves a short curve as it is", () => {
    expect(downsample(curve([3, 1, 2]), 500)).toEqual([0, 1, 2]);
  });

  test("never gives more points than asked for, whatever the length", () => {
    for (const length of [501, 502, 777, 8192, 100_000])
      expect(downsample(curve(Array.from({ length }, (_, index) => noise(index))), 500).length, `${length} points`).toBeLessThanOrEqual(
        500,
      );
  });

  test("keeps the highest spike, the deepest dip and both ends", () => {
    const values = Array.from({ length: 20_000 }, (_, index) => noise(index));
    values[7_777] = 99;
    values[12_345] = -99;
    const kept = downsample(curve(values), 200);
    expect(kept).toContain(7_777);
    expect(kept).toContain(12_345);
    expect(kept[0]).toBe(0);
    expect(kept.at(-1)).toBe(19_999);
  });

  test("gives indices in order, each once", () => {
    const kept = downsample(curve(Array.from({ length: 5_000 }, (_, index) => Math.round(noise(index) * 3))), 300);
    expect([...kept].sort((a, b) => a - b)).toEqual(kept);
    expect(new Set(kept).size).toBe(kept.length);
  });

  test("keeps a single value that was not a number, so that the line has its gap", () => {
    const values = Array.from({ length: 10_000 }, (_, index) => noise(index));
    values[4_321] = Number.NaN;
    const kept = downsample(curve(values), 300);
    expect(kept).toContain(4_321);
    expect(kept.length).toBeLessThanOrEqual(300);
  });

  test("ignores what lies behind the length of a growing buffer", () => {
    const buffer = { x: new Float64Array(8192), y: new Float64Array(8192).fill(7), length: 2 };
    expect(downsample(buffer, 500)).toEqual([0, 1]);
  });
});
