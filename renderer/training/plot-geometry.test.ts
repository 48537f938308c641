import { describe, expect, test } from "vitest";
import { linePath, plotGeometry } from "./plot-geometry.ts";

const settings = { xAxis: "step", smoothing: 0, log: false, ignoreOutliers: false, course: false, values: false } as const;
const geometry = plotGeometry({ x: [0, 10], y: [0, 1] }, settings, 300, 200);

describe("lines in pixels", () => {
  test("lie between the axes", () => {
    expect(geometry.xOf(0)).toBe(geometry.left);
    expect(geometry.xOf(10)).toBe(geometry.right);
    expect(geometry.yOf(0)).toBe(geometry.bottom);
    expect(geometry.yOf(1)).toBe(geometry.top);
    expect(geometry.valueAt(geometry.xOf(4))).toBeCloseTo(4, 9);
  });

  test("have a gap where a value is missing", () => {
    const path = linePath(
      [0, 1, null, 0.5, 0.7].map((y, x) => ({ x, y })),
      geometry,
    );
    expect(path.match(/M/g)).toHaveLength(2);
    expect(path.match(/L/g)).toHaveLength(2);
  });

  test("show a point that stands alone", () => {
    expect(linePath([{ x: 3, y: 0.5 }], geometry)).toMatch(/^M[\d. ]+h0$/);
    expect(
      linePath(
        [null, 0.5, null].map((y, x) => ({ x, y })),
        geometry,
      ),
    ).toContain("h0");
    expect(linePath([], geometry)).toBe("");
  });
});
