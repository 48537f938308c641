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

describe("a picture whose constant pixels were left out", () => {
  const SIDE = 4;
  const names = (form: (row: number, column: number) => string): string[] =>
    Array.from({ length: SIDE * SIDE }, (_, place) => form(Math.floor(place / SIDE), place % SIDE));
  const rows = 6;
  /** The first pixels are the same everywhere, and another column of numbers is a feature. */
  function pictured(pixels: readonly string[], more: readonly string[]): { data: DataDocument; said: (data: DataDocument) => string } {
    const columns = [...pixels, ...more];
    const values = (place: number): Float64Array => Float64Array.from({ length: rows }, (_, row) => (place < 3 ? 0 : row * place));
    const asTable: Table = {
      rowCount: rows,
      rowIds: Uint32Array.from({ length: rows }, (_, row) => row),
      columns: [
        ...columns.map((name, place) => ({ kind: "number" as const, name, values: values(place) })),
        { kind: "number", name: "price", values: Float64Array.from({ length: rows }, (_, row) => row) },
      ],
    };
    const data: DataDocument = {
      ...dataWith("none", []),
      columns: [
        ...columns.map((name, place) => ({
          name,
          type: "numeric" as const,
          role: place < 3 ? ("ignored" as const) : ("feature" as const),
        })),
        { name: "price", type: "numeric", role: "target" },
      ],
    };
    const wanted = { ...needs, inputs: [{ nodeId: "i", columns: [], shape: [SIDE, SIDE, 1] }] };
    const said = (asked: DataDocument): string => {
      try {
        prepare(asTable, asked, wanted, 0);
        return "prepared";
      } catch (thrown) {
        if (thrown instanceof AppError) return thrown.code;
        throw thrown;
      }
    };
    return { data, said };
  }
  const error = (received: number) => ({
    code: "data.input_size_mismatch",
    params: { expected: SIDE * SIDE, shape: "4 × 4 × 1", received },
  });

  test.each([
    ["columns named as pixels, beside another feature", names((row, column) => `pixel_${row}_${column}`), ["age"]],
    ["columns of any names that make up the number", names((row, column) => `v${"abcd"[row]}${"abcd"[column]}`), []],
  ] as const)("%s", (_, pixels, more) => {
    const { data, said } = pictured(pixels, more);
    expect(said(data)).toBe("data.input_size_mismatch");
    const [fix] = fixesFor(error(SIDE * SIDE - 3 + more.length), data);
    expect(fix?.params).toEqual({ count: "3", column: pixels[0] });
    const mended = fix?.change(data) ?? data;
    expect(said(mended)).toBe("prepared");
    expect(mended.columns.filter(({ role }) => role === "feature").map(({ name }) => name)).toEqual(pixels);
  });

  test("nothing is offered where the columns that were left out do not make up the number", () => {
    const { data } = pictured(
      names((row, column) => `v${"abcd"[row]}${"abcd"[column]}`),
      ["age"],
    );
    expect(fixesFor(error(14), data)).toEqual([]);
  });
});
