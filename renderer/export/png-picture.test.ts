import { expect, test } from "vitest";
import { pngSize } from "./png-picture.ts";

test("a picture is drawn twice as large while a browser can, else as large as it can", () => {
  expect(pngSize(1000, 400)).toEqual({ width: 2000, height: 800, scale: 2 });
  for (const [width, height] of [
    [236_000, 168],
    [168, 236_000],
    [20_000, 20_000],
  ] as const) {
    const made = pngSize(width, height);
    expect(Math.max(made.width, made.height)).toBeLessThanOrEqual(32_000);
    expect(made.width * made.height).toBeLessThanOrEqual(120_000_000);
    expect(made.width / made.height / (width / height)).toBeCloseTo(1, 0);
  }
});

test("what could not be read any more is refused, and SVG named", () => {
  for (const [width, height] of [
    [1_000_000, 168],
    [Number.POSITIVE_INFINITY, 168],
  ] as const)
    expect(() => pngSize(width, height)).toThrow(expect.objectContaining({ code: "export.picture_too_large" }));
});
