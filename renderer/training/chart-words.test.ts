import { expect, test } from "vitest";
import { formatMark, formatX, formatXMark } from "./chart-words.ts";

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
