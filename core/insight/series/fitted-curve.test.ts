/** The fitted curve of a series: rows in the order of time, thinned without losing peaks, and the errors of each part. */
import { describe, expect, it } from "vitest";
import { fittedCurve, partSummaries, thinnedCurve } from "./fitted-curve.ts";

describe("a fitted curve", () => {
  it("lies in the order of time, with what was said of each row and the part it was in", () => {
    const curve = fittedCurve(
      [10, 20, Number.NaN, 40],
      [3, 1, 2, 4],
      [
        { part: "training", rowIds: [2], predicted: [21] },
        { part: "validation", rowIds: [0, 3], predicted: [11, 44] },
      ],
    );
    expect(curve).toEqual([
      { row: 1, x: 1, observed: 20, predicted: null, part: null },
      { row: 2, x: 2, observed: null, predicted: 21, part: "training" },
      { row: 0, x: 3, observed: 10, predicted: 11, part: "validation" },
      { row: 3, x: 4, observed: 40, predicted: 44, part: "validation" },
    ]);
    // Of row 0 the row before is missing, so that only row 3 has a last value: |40 − 10|.
    expect(partSummaries(curve, 1)).toEqual([
      { part: "training", from: 1, to: 1, rows: 0, error: null, naive: null },
      { part: "validation", from: 2, to: 3, rows: 2, error: 2.5, naive: 30 },
    ]);
    // Two rows ahead the last known value of row 0 is that of row 1, and that of row 3 is missing.
    expect(partSummaries(curve, 2)[1]?.naive).toBe(10);
  });

  it("without times has its places for times", () => {
    expect(fittedCurve([5, 6], null, []).map(({ x }) => x)).toEqual([1, 2]);
  });

  it("thinned keeps its peaks and its order, and short ones whole", () => {
    const observed = Array.from({ length: 5000 }, (_, row) => (row === 1234 ? 99 : row === 4321 ? -99 : Math.sin(row / 50)));
    const thin = thinnedCurve(fittedCurve(observed, null, []), 500);
    expect(thin.length).toBeLessThanOrEqual(500);
    expect(thin.map(({ observed: value }) => value)).toEqual(expect.arrayContaining([99, -99]));
    expect(thin.map(({ x }) => x)).toEqual(thin.map(({ x }) => x).toSorted((a, b) => a - b));
    expect(thinnedCurve(thin, 500)).toEqual(thin);
  });
});
