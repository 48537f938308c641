import { describe, expect, test } from "vitest";
import { prepare } from "../../core/data/prepare.ts";
import type { Table } from "../../core/data/table.ts";
import { AppError, errorData } from "../../core/errors.ts";
import type { DataDocument, SplitDocument, StepDocument } from "../../core/graph/document.ts";
import { fixesFor } from "./fixes.ts";

const table: Table = {
  rowCount: 6,
  rowIds: Uint32Array.of(0, 1, 2, 3, 4, 5),
  columns: [
    { kind: "number", name: "gap", values: Float64Array.of(1, Number.NaN, 3, 4, 5, 6) },
    { kind: "category", name: "word", codes: Int32Array.of(0, 1, 0, 1, 0, -1), categories: ["x", "y"] },
    { kind: "number", name: "day", values: Float64Array.from({ length: 6 }, (_, row) => row * 86_400_000) },
    { kind: "number", name: "price", values: Float64Array.of(1.5, 2.5, 3.5, 4.5, 5.5, 6.5) },
  ],
};
const needs = {
  inputs: [{ nodeId: "i", columns: [], shape: null }],
  outputs: [{ nodeId: "o", columns: [], targetInput: null, encodings: ["value" as const], width: 0 }],
};
function dataWith(feature: string, steps: StepDocument[], method: SplitDocument["method"] = "random"): DataDocument {
  const types = { gap: "numeric", word: "categorical", day: "date", price: "numeric" } as const;
  return {
    source: { kind: "file", name: "t.csv" },
    columns: Object.entries(types).map(([name, type]) => ({
      name,
      type,
      role: name === "price" ? "target" : name === feature ? "feature" : "ignored",
    })),
    steps,
    split: { method, validation_fraction: 0.3, seed: 0 },
    feature_count: null,
    class_count: null,
  };
}
function errorOf(data: DataDocument) {
  try {
    prepare(table, data, needs, 0);
  } catch (thrown) {
    if (thrown instanceof AppError) return errorData(thrown);
    throw thrown;
  }
  return null;
}

describe("the first thing offered puts right what the real preparation refused", () => {
  const cases: [string, DataDocument][] = [
    ["data.values_missing", dataWith("gap", [])],
    ["data.feature_not_encoded", dataWith("word", [])],
    ["data.date_not_encoded", dataWith("day", [])],
    ["data.stratified_needs_classes", dataWith("day", [{ type: "date_parts", columns: ["day"] }], "stratified")],
    ["data.step_wrong_column", dataWith("word", [{ type: "standardise", columns: ["word"] }])],
  ];
  test.each(cases)("%s", (code, data) => {
    const error = errorOf(data);
    expect(error?.code).toBe(code);
    const [fix] = error === null ? [] : fixesFor(error, data);
    const mended = fix?.change(data) ?? data;
    expect(errorOf(mended)?.code).not.toBe(code);
  });
});

test("a word among numbers is counted as missing beside the usual words, then beside those that were added", () => {
  const error = (value: string) => ({ code: "data.not_a_number", params: { column: "gap", row: 2, value, count: 3 } });
  const once = fixesFor(error("unknown"), dataWith("gap", []))[0]?.change(dataWith("gap", []));
  const twice = once && fixesFor(error("n/a"), once)[0]?.change(once);
  expect(twice?.columns[0]?.missing_tokens).toEqual(["NA", "NaN", "NULL", "null", "unknown", "n/a"]);
});

test("an error about no column of the design offers nothing that would do nothing", () => {
  expect(fixesFor({ code: "data.no_rows", params: {} }, dataWith("gap", []))).toEqual([]);
});
