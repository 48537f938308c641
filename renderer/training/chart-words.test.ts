import { expect, test } from "vitest";
import { formatMark, formatX, formatXMark, markFormat, secondsFormat } from "./chart-words.ts";

test("the cursor says which step it is, however long the run", () => {
  expect(formatX(525_049.8, "step")).toBe("525,050");
  expect(formatX(12, "step")).toBe("12");
});

test("a mark of the axis is short as long as nothing is lost by it", () => {
  expect(formatXMark(525_000, "step")).toBe("525 k");
  expect(formatXMark(500_000, "step")).toBe("500 k");
  expect(formatXMark(16_400, "step")).toBe("16.4 k");
  expect(formatXMark(525_050, "step")).toBe("525,050");
  expect(formatXMark(600, "step")).toBe("600");
  expect(formatXMark(2.5, "epoch")).toBe("2.5");
});

test("a mark of the value axis keeps within its room, however far a loss has gone", () => {
  expect([0, 0.35, -0.5, 800, 20_000, 99_999].map(formatMark)).toEqual(["0", "0.35", "-0.5", "800", "20,000", "99,999"]);
  expect([100_000, 1_500_000, -2_000_000, 3e9, 2e35].map(formatMark)).toEqual(["1e5", "1.5e6", "-2e6", "3e9", "2e35"]);
});

test("the marks of one axis have the same number of decimals", () => {
  const written = (marks: readonly number[]): readonly string[] => marks.map(markFormat(marks));
  expect(written([0, 0.25, 0.5, 0.75, 1])).toEqual(["0.00", "0.25", "0.50", "0.75", "1.00"]);
  expect(written([0.5, 1, 1.5])).toEqual(["0.5", "1.0", "1.5"]);
  expect(written([0, 0.0005, 0.001])).toEqual(["0.0000", "0.0005", "0.0010"]);
  expect(written([-5000, 0, 5000])).toEqual(["-5,000", "0", "5,000"]);
  expect(written([0, 50_000, 100_000])).toEqual(["0", "5e4", "1e5"]);
  expect(written([0, 5e-7, 1e-6, 1.5e-6])).toEqual(["0", "5.0e-7", "1.0e-6", "1.5e-6"]);
  expect(written([7])).toEqual(["7"]);
  // A logarithmic axis.
  expect(written([0.1, 1, 10])).toEqual(["0.1", "1", "10"]);
  expect([0, 0.5, 1].map(secondsFormat([0, 0.5, 1]))).toEqual(["0.0 s", "0.5 s", "1.0 s"]);
  expect([0, 30, 60].map(secondsFormat([0, 30, 60]))).toEqual(["0 s", "30 s", "1 min 0 s"]);
});
