/** Values in texts, and words that go with a count. */
import { expect, test } from "vitest";
import { fill } from "./translate.ts";

test("a value takes the place of its name, and a name without a value stays as it is written", () => {
  expect(fill("{name} has {rows} rows", { name: "iris" })).toBe("iris has {rows} rows");
});

test.each([
  [1, "1 run was kept"],
  ["1", "1 run was kept"],
  [0, "0 runs were kept"],
  ["1,001", "1,001 runs were kept"],
])("a word is singular for 1 alone: %s", (count, text) => {
  expect(fill("{count} {count|run was|runs were} kept", { count })).toBe(text);
});

test("a word whose count is not given stays as it is written", () => {
  expect(fill("{count|run|runs}")).toBe("{count|run|runs}");
});

test.each([
  [38_369, "38,369 rows"],
  [9_999, "9999 rows"],
  [-12_345, "-12,345 rows"],
  [12_345.5, "12345.5 rows"],
  ["2147483647", "2147483647 rows"],
])("a count of many digits is grouped, what is given as a text stays: %s", (rows, text) => {
  expect(fill("{rows} rows", { rows })).toBe(text);
});
