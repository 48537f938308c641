import { describe, expect, test } from "vitest";
import { fuzzyMatch, matchNamed } from "./fuzzy.ts";

describe("fuzzy search", () => {
  test("finds initials of words and says which letters matched", () => {
    expect(fuzzyMatch("bn", "Batch normalization")?.positions).toEqual([0, 6]);
  });

  test("refuses a text that lacks a letter of the query", () => {
    expect(fuzzyMatch("dx", "Dense")).toBeNull();
  });

  test("ranks a beginning above letters strewn about", () => {
    const begins = fuzzyMatch("den", "Dense");
    const strewn = fuzzyMatch("den", "Hidden element");
    expect(begins?.score).toBeGreaterThan(strewn?.score ?? Number.POSITIVE_INFINITY);
  });

  test("ignores case and spaces of the query", () => {
    expect(fuzzyMatch("Layer N", "Layer normalization")?.positions).toEqual([0, 1, 2, 3, 4, 6]);
  });

  test("finds Chinese text", () => {
    expect(fuzzyMatch("归一", "批归一化")?.positions).toEqual([1, 2]);
  });

  test("marks another name only where the label does not hold what is searched for", () => {
    expect(matchNamed("cnv", "卷积 2D", "conv_2d Convolution 2D")).toMatchObject({ positions: [], alsoPositions: [0, 2, 3] });
    expect(matchNamed("2D", "卷积 2D", "conv_2d Convolution 2D")).toMatchObject({ positions: [3, 4], alsoPositions: [] });
    expect(matchNamed("xyz", "卷积 2D", "conv_2d")).toBeNull();
  });
});
