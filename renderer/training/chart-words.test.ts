import { expect, test } from "vitest";
import { formatX, formatXMark } from "./chart-words.ts";

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
