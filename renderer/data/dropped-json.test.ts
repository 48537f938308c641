/** What a dropped .json is taken for, by how it begins. */
import { expect, test } from "vitest";
import { isDataJson } from "./dropped-json.ts";

const file = (content: string): File => new File([content], "x.json");

test.each([
  ["JSON lines", '{"a":1}\n{"a":2}\n'],
  ["JSON lines with a column called format", '{"format":"neuroloom-model"}\r\n{"format":"b"}'],
  [
    "JSON lines longer than what is looked at",
    Array.from({ length: 9000 }, (_, at) => JSON.stringify({ at, words: "of some length" })).join("\n"),
  ],
  ["an array of records", '[{"a":1},{"a":2}]'],
  ["one over many lines, after a mark", `\uFEFF\n${JSON.stringify([{ a: 1 }], null, 2)}`],
  ["an array of numbers, which the import refuses in its own words", "[1,2]"],
])("%s are data", async (_, content) => {
  expect(await isDataJson(file(content))).toBe(true);
});

test.each([
  ["a design", '{"format":"neuroloom-design","graph":{}}'],
  ["a design over many lines", JSON.stringify({ format: "neuroloom-design", graph: {} }, null, 2)],
  ["a model of Keras", '{"class_name":"Sequential","config":{}}\n'],
  ["a model on one line that is longer than what is looked at", JSON.stringify({ weights: "A".repeat(200_000) })],
  ["what is no JSON", "a,b\n1,2\n"],
  ["an empty file", ""],
])("%s is no data", async (_, content) => {
  expect(await isDataJson(file(content))).toBe(false);
});

test("what cannot be read is left to the import that says so", async () => {
  const gone = { slice: () => ({ text: () => Promise.reject(new Error("gone")) }) } as unknown as File;
  expect(await isDataJson(gone)).toBe(false);
});
