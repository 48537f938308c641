import { describe, expect, test } from "vitest";
import { prepare } from "../../core/data/prepare.ts";
import type { Table } from "../../core/data/table.ts";
import type { ColumnDocument, DataDocument, StepDocument } from "../../core/graph/document.ts";
import { type PreparationChange, preparationOf, preparations, withoutPreparation, withPreparation } from "./preparation.ts";

function column(name: string, type: ColumnDocument["type"], role: ColumnDocument["role"] = "feature"): ColumnDocument {
  return { name, type, role };
}
function dataWith(steps: StepDocument[]): DataDocument {
  return {
    source: { kind: "file", name: "t.csv" },
    columns: [
      column("a", "numeric"),
      column("b", "numeric"),
      column("c", "categorical"),
      column("d", "date"),
      column("y", "numeric", "target"),
    ],
    steps,
    split: { method: "none", validation_fraction: 0.2, seed: null },
    feature_count: null,
    class_count: null,
  };
}
const shapeOf = (data: DataDocument): string[] => data.steps.map(({ type, columns }) => `${type}: ${columns.join(" ")}`);
/** As core/data/propose.ts lays the steps out: categories are filled in after numbers are scaled. */
const proposed = dataWith([
  { type: "date_parts", columns: ["d"], year: true, month: true, day: false, weekday: false, hour: false },
  { type: "impute", columns: ["a", "b", "d"], strategy: "constant", value: 0, category: "missing" },
  { type: "standardise", columns: ["a", "b", "d"] },
  { type: "impute", columns: ["c"], strategy: "category", value: 0, category: "missing" },
  { type: "one_hot", columns: ["c"] },
]);

describe("what is done to a column", () => {
  test("is read from all the steps that name it", () => {
    expect(preparationOf(proposed, "a")).toMatchObject({
      missing: "constant",
      missingValue: 0,
      scaling: "standardise",
      encoding: "none",
      log1p: false,
    });
    expect(preparationOf(proposed, "c")).toMatchObject({
      missing: "category",
      missingCategory: "missing",
      encoding: "one_hot",
      scaling: "none",
    });
    expect(preparationOf(proposed, "d").dateParts).toEqual(["year", "month"]);
    expect(preparationOf(proposed, "y")).toMatchObject({ missing: "none", scaling: "none", encoding: "none", dateParts: null });
  });

  test("is the same read one by one and all at once", () => {
    const all = preparations(proposed);
    for (const { name } of proposed.columns) expect(all.get(name)).toEqual(preparationOf(proposed, name));
  });

  test("options left out of a step are at their defaults", () => {
    expect(preparationOf(dataWith([{ type: "date_parts", columns: ["d"] }]), "d").dateParts).toEqual(["year", "month", "day", "weekday"]);
    expect(preparationOf(dataWith([{ type: "min_max", columns: ["a"] }]), "a")).toMatchObject({ scaling: "min_max", lower: 0, upper: 1 });
  });
});

describe("changing what is done", () => {
  const changes: [string, string, PreparationChange][] = [
    ["a", "none at all", { missing: "none", scaling: "none" }],
    ["a", "another constant", { missing: "constant", missingValue: -1 }],
    ["a", "logarithm", { log1p: true }],
    ["a", "min-max with bounds", { scaling: "min_max", lower: -1, upper: 1 }],
    ["c", "most frequent", { missing: "most_frequent" }],
    ["c", "ordinal", { encoding: "ordinal" }],
    ["d", "other parts", { dateParts: ["hour"] }],
    ["d", "no parts", { dateParts: null }],
  ];
  test.each(changes)("column %s, %s: what was asked for is what is read back, and other columns stay as they were", (name, _, change) => {
    const changed = withPreparation(proposed, name, change);
    expect(preparationOf(changed, name)).toEqual({ ...preparationOf(proposed, name), ...change });
    for (const other of proposed.columns)
      if (other.name !== name) expect(preparationOf(changed, other.name)).toEqual(preparationOf(proposed, other.name));
  });

  test("a column joins the step that has the same options", () => {
    const changed = withPreparation(withPreparation(proposed, "a", { scaling: "none" }), "a", { scaling: "standardise" });
    expect(shapeOf(changed)).toEqual(shapeOf(proposed));
  });

  test("the logarithm comes after filling in and before scaling", () => {
    expect(shapeOf(withPreparation(proposed, "b", { log1p: true }))).toEqual([
      "date_parts: d",
      "impute: a b d",
      "log1p: b",
      "standardise: a b d",
      "impute: c",
      "one_hot: c",
    ]);
  });

  test("several columns that end up alike share a step, in the order of the design", () => {
    const empty = dataWith([]);
    const changed = withPreparation(empty, ["b", "a"], { missing: "mean", scaling: "min_max", lower: 0, upper: 2 });
    expect(shapeOf(changed)).toEqual(["impute: a b", "min_max: a b"]);
  });

  test("columns keep their own constants when only the strategy of all of them is set", () => {
    const mixed = withPreparation(withPreparation(proposed, "a", { missingValue: 7 }), "b", { missing: "mean" });
    const changed = withPreparation(mixed, ["a", "b"], { missing: "constant" });
    expect(preparationOf(changed, "a").missingValue).toBe(7);
    expect(preparationOf(changed, "b").missingValue).toBe(0);
  });

  test("a step that loses its last column goes; an unknown step is left alone", () => {
    const foreign = dataWith([...proposed.steps, { type: "from_a_later_version", columns: ["c"], strength: 3 }]);
    const changed = withoutPreparation(foreign, ["c"]);
    expect(shapeOf(changed)).toEqual(["date_parts: d", "impute: a b d", "standardise: a b d", "from_a_later_version: c"]);
    expect(changed.steps.at(-1)).toEqual({ type: "from_a_later_version", columns: ["c"], strength: 3 });
  });

  test("steps in an unusual order are not turned round for columns that are not asked about", () => {
    const odd = dataWith([
      { type: "standardise", columns: ["a", "b"] },
      { type: "impute", columns: ["a", "b"], strategy: "mean" },
    ]);
    const changed = withPreparation(odd, "a", { missing: "median" });
    expect(changed.steps.filter(({ columns }) => columns.includes("b")).map(({ type }) => type)).toEqual(["standardise", "impute"]);
    expect(changed.steps.filter(({ columns }) => columns.includes("a")).map(({ type }) => type)).toEqual(["impute", "standardise"]);
  });
});

test("the host can fit what was put together column by column", () => {
  const table: Table = {
    rowCount: 4,
    rowIds: Uint32Array.of(0, 1, 2, 3),
    columns: [
      { kind: "number", name: "a", values: Float64Array.of(0, Number.NaN, Math.E - 1, 3) },
      { kind: "number", name: "b", values: Float64Array.of(1, 2, 3, 5) },
      { kind: "category", name: "c", codes: Int32Array.of(0, 1, -1, 0), categories: ["x", "z"] },
      { kind: "number", name: "d", values: Float64Array.of(0, 86_400_000, Number.NaN, 0) },
      { kind: "number", name: "y", values: Float64Array.of(1, 2, 3, 4) },
    ],
  };
  let data = dataWith([]);
  data = withPreparation(data, "c", { encoding: "one_hot" });
  data = withPreparation(data, "d", { scaling: "standardise" });
  data = withPreparation(data, "d", { missing: "most_frequent" });
  data = withPreparation(data, "d", { dateParts: ["year", "day"] });
  data = withPreparation(data, ["a", "b"], { scaling: "min_max", lower: 0, upper: 1 });
  data = withPreparation(data, ["a"], { log1p: true, missing: "constant", missingValue: 0 });
  data = withPreparation(data, "c", { missing: "category", missingCategory: "none" });
  const needs = {
    inputs: [{ nodeId: "i", columns: [], shape: null }],
    outputs: [{ nodeId: "o", columns: [], targetInput: null, encodings: ["value" as const], width: 0 }],
  };
  const { pipeline, training } = prepare(table, data, needs, 0);
  expect(pipeline.features.map(({ column: name, width }) => [name, width])).toEqual([
    ["a", 1],
    ["b", 1],
    ["c", 3],
    ["d", 2],
  ]);
  const rows = training.inputs["i"]?.values ?? [];
  // ln(1 + x) of 0, 0 (filled in), e − 1 and 3 are 0, 0, 1 and ln 4; the range is then mapped to 0 … 1.
  const a = [0, 1, 2, 3].map((row) => rows[row * 7] ?? Number.NaN);
  [0, 0, 1 / Math.log(4), 1].forEach((expected, row) => expect(a[row]).toBeCloseTo(expected, 6));
});
