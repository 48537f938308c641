import { describe, expect, it } from "vitest";
import type { SplitDocument } from "../graph/document.ts";
import { splitRows } from "./split.ts";

const split = (method: SplitDocument["method"], fraction = 0.25, seed: number | null = null): SplitDocument => ({
  method,
  validation_fraction: fraction,
  seed,
});

describe("splitRows", () => {
  it("puts every row into exactly one part, in order", () => {
    for (const method of ["random", "stratified", "time", "none"] as const) {
      const { training, validation } = splitRows(
        101,
        split(method),
        Int32Array.from({ length: 101 }, (_, row) => row % 3),
        1,
      );
      expect([...training, ...validation].sort((a, b) => a - b)).toEqual(Array.from({ length: 101 }, (_, row) => row));
      expect([...training]).toEqual([...training].sort((a, b) => a - b));
      expect(validation.length).toBe(method === "none" ? 0 : 25);
    }
  });

  it("gives the same parts for the same seed and others for another; the split's own seed wins", () => {
    const parts = (seed: number, own: number | null = null): string =>
      splitRows(200, split("random", 0.2, own), null, seed).validation.join();
    expect(parts(1)).toBe(parts(1));
    expect(parts(1)).not.toBe(parts(2));
    expect(parts(1, 7)).toBe(parts(2, 7));
  });

  it("holds out the last rows for time", () => {
    expect([...splitRows(10, split("time", 0.3), null, 0).validation]).toEqual([7, 8, 9]);
  });

  it("keeps the shares of the classes, to the row, and leaves a class of one row in training", () => {
    // 80 of class 0, 19 of class 1, 1 of class 2.
    const strata = Int32Array.from({ length: 100 }, (_, row) => (row < 80 ? 0 : row < 99 ? 1 : 2));
    const { training, validation } = splitRows(100, split("stratified"), strata, 3);
    const count = (rows: Uint32Array, stratum: number): number => [...rows].filter((row) => strata[row] === stratum).length;
    expect([0, 1, 2].map((stratum) => count(validation, stratum))).toEqual([20, 5, 0]);
    expect([0, 1, 2].map((stratum) => count(training, stratum))).toEqual([60, 14, 1]);
  });

  it("holds out at least one row and keeps at least one", () => {
    expect(splitRows(2, split("random", 0.01), null, 0).validation.length).toBe(1);
    expect(splitRows(2, split("random", 0.99), null, 0).training.length).toBe(1);
  });

  it("refuses no rows, one row, and a stratified split without classes", () => {
    expect(() => splitRows(0, split("none"), null, 0)).toThrow("data.no_rows");
    expect(() => splitRows(1, split("random"), null, 0)).toThrow("data.too_few_rows");
    expect(() => splitRows(10, split("stratified"), null, 0)).toThrow("data.stratified_needs_classes");
  });
});
