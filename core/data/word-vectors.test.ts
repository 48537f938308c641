import { expect, it } from "vitest";
import { readWordVectors } from "./word-vectors.ts";

const GLOVE = ["the 0.5 -1 2e-1", "of course 1 2 3", "cat 4 5 6", "the 9 9 9", ""];

it("reads vectors of the vocabulary in its order, and leaves words that are not there open", () => {
  const { values, width, found } = readWordVectors(GLOVE, ["cat", "dog", "the", "of course"]);
  expect({ width, found }).toEqual({ width: 3, found: 3 });
  expect([...values]).toEqual([4, 5, 6, Number.NaN, Number.NaN, Number.NaN, 0.5, -1, Math.fround(0.2), 1, 2, 3]);
});

it("takes the first line of a .vec file for what it is", () => {
  const { values, width } = readWordVectors(["2 2", "a 1 2", "b 3 4 "], ["b", "a"]);
  expect([width, ...values]).toEqual([2, 3, 4, 1, 2]);
});

it.each([
  { lines: ["a 1 2 3", "b 1 2"], says: { line: 2, expected: 3, received: 2 } },
  { lines: ["a 1 2", "b 1 x"], says: { line: 2, expected: 2, received: 1 } },
  { lines: ["a"], says: { line: 1, expected: 1, received: 0 } },
])("names the line that is not a word and numbers: $says", ({ lines, says }) => {
  expect(() => readWordVectors(lines, ["a", "b"])).toThrow(expect.objectContaining({ code: "data.vectors_line", params: says }));
});

it("refuses a file without vectors", () => {
  expect(() => readWordVectors(["10 300"], ["a"])).toThrow(expect.objectContaining({ code: "data.vectors_none" }));
});
