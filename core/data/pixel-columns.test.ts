/** Runs of pixel columns are found by their names, and numbers become bytes as they were meant. */
import { expect, test } from "vitest";
import { pixelRun, shapeFor } from "../graph/pixel-run.ts";
import { PixelRange, pixelBytes } from "./pixel-columns.ts";
import { codeOf, number } from "./small-tables.test-support.ts";

const numbered = (prefix: string, count: number, from = 0): string[] => Array.from({ length: count }, (_, i) => `${prefix}${i + from}`);

test("a run of numbered names is a square, grey or of three colours, in the order of its numbers", () => {
  expect(pixelRun(["label", ...numbered("pixel", 64).toReversed(), "age"])).toEqual({ columns: numbered("pixel", 64), shape: [8, 8, 1] });
  expect(pixelRun(numbered("p", 48, 1))?.shape).toEqual([4, 4, 3]);
  expect(pixelRun(numbered("x", 20))).toBeNull();
  const figures = (rows: number, columns: number, first = 0): string[] =>
    Array.from({ length: rows * columns }, (_, place) => `p${Math.floor(place / columns) + first}${(place % columns) + first}`);
  expect(pixelRun([...figures(8, 8).toReversed(), "label"])).toEqual({ columns: figures(8, 8), shape: [8, 8, 1] });
  expect(pixelRun(figures(6, 6, 1))?.shape).toEqual([6, 6, 1]);
  // Items of a questionnaire, measurements that are numbered past nine, and a square with a gap.
  for (const others of [figures(4, 4, 1), numbered("p", 60), figures(8, 8).slice(1)]) expect(pixelRun(others)).toBeNull();
  expect(pixelRun(numbered("x", 9))).toBeNull();
  expect(pixelRun(numbered("x", 25).filter((name) => name !== "x7"))).toBeNull();
});

test("names of rows and columns are a grid, whatever their order, from 0 or 1, with channels", () => {
  const grid = Array.from({ length: 24 }, (_, i) => `${1 + Math.floor(i / 6)}x${1 + (i % 6)}`);
  expect(pixelRun(grid.toReversed())).toEqual({ columns: grid, shape: [4, 6, 1] });
  const colours = Array.from({ length: 27 }, (_, i) => `px_${Math.floor(i / 9)}_${Math.floor(i / 3) % 3}_${i % 3}`);
  expect(pixelRun(colours)).toEqual({ columns: colours, shape: [3, 3, 3] });
  expect(pixelRun(grid.slice(1))).toBeNull();
});

test("a number of columns proposes sides", () => {
  expect([shapeFor(784), shapeFor(3072), shapeFor(24), shapeFor(7)]).toEqual([
    [28, 28, 1],
    [32, 32, 3],
    [4, 6, 1],
    [1, 7, 1],
  ]);
});

const rangeOfPixels = (pieces: readonly Float64Array[]): { low: number; high: number } => {
  const range = new PixelRange();
  for (const piece of pieces) range.add(piece);
  return range.ends();
};

test("numbers from 0 to 255 are bytes as they are, others fill the range, and new rows beyond it stay at its end", () => {
  expect(rangeOfPixels([Float64Array.of(0, 254), Float64Array.of(3, 9)])).toEqual({ low: 0, high: 255 });
  expect(rangeOfPixels([Float64Array.of(0, 16)])).toEqual({ low: 0, high: 16 });
  expect(rangeOfPixels([Float64Array.of(-1, 1)])).toEqual({ low: -1, high: 1 });
  expect(rangeOfPixels([Float64Array.of(0, 0)])).toEqual({ low: 0, high: 1 });
  const of = { columns: ["a", "b"], shape: [1, 2, 1] as [number, number, number], low: 0, high: 16 };
  expect([...pixelBytes([number("a", [0, 8, 99]), number("b", [16, 4, -3])], of)]).toEqual([0, 255, 128, 64, 255, 0]);
});

test("a missing pixel and sides that do not fit are refused, naming where", () => {
  const of = { columns: ["a", "b"], shape: [1, 2, 1] as [number, number, number], low: 0, high: 1 };
  expect(codeOf(() => pixelBytes([number("a", [0, 1]), number("b", [1, Number.NaN])], of))).toBe(
    'data.pixel_missing {"column":"b","row":2}',
  );
  expect(codeOf(() => pixelBytes([number("a", [0]), number("b", [Number.NaN])], of, 9))).toContain('"row":10');
  expect(codeOf(() => pixelBytes([number("a", [0])], of))).toContain("data.pixels_do_not_fit");
});
