import { expect, test } from "vitest";
import { pixelRun } from "../../core/graph/pixel-run.ts";
import { firstPictures, textColumn } from "./sketches.ts";

test("pixel columns become grey pictures, from the least to the greatest of their numbers", () => {
  const names = Array.from({ length: 16 }, (_, place) => `p_${Math.floor(place / 4)}_${place % 4}`);
  const run = pixelRun(names);
  if (run === null) throw new Error("no pixels");
  const columns = ["label", ...names];
  const rows = [0, 1].map((bright) => [bright, ...names.map((_, place) => (place === bright ? 4 : 2))]);
  const [first, second] = firstPictures(columns, rows, run);
  expect([first?.height, first?.width]).toEqual([4, 4]);
  expect([...(first?.rgba.subarray(0, 8) ?? [])]).toEqual([255, 255, 255, 255, 128, 128, 128, 255]);
  expect(second?.rgba[4]).toBe(255);
});

test("a text is told from a class by its length", () => {
  expect(textColumn(["topic", "text"], [["sport", "the team has won its last match again"]])).toBe(1);
  expect(textColumn(["x", "y", "label"], [[1, 2, "a"]])).toBeNull();
});
