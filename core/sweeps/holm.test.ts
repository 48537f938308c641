/** Holm 1979, by hand. */
import { expect, test } from "vitest";
import { holm } from "./holm.ts";

test("p values of several comparisons are corrected step by step, in their order, and those that are missing count for nothing", () => {
  const rounded = (values: (number | null)[]) => values.map((value) => (value === null ? null : Number(value.toFixed(6))));
  // Sorted 0.01 × 4, 0.03 × 3, 0.04 × 2 (raised to 0.09, what comes before it), 0.5 × 1.
  expect(rounded(holm([0.04, 0.01, 0.5, 0.03]))).toEqual([0.09, 0.04, 0.5, 0.09]);
  expect(rounded(holm([null, 0.02, null, 0.9]))).toEqual([null, 0.04, null, 0.9]);
  expect(rounded(holm([0.7, 0.8]))).toEqual([1, 1]);
  expect(holm([])).toEqual([]);
  expect(holm([0.03])).toEqual([0.03]);
});
