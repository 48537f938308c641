/** Rows left out by hand, and labels put right: the same bits as a file that was written so. */
import { describe, expect, it } from "vitest";
import type { DataDocument } from "../../graph/document.ts";
import { prepare } from "../prepare.ts";
import { category, design, needs, number, table } from "../small-tables.test-support.ts";
import type { Table } from "../table.ts";
import { chooseRows } from "./choose-rows.ts";

const X = [1, 2, 30, 4, 5, 60, 7, 8, 9, 10];
const KIND = ["a", "b", "a", "z", "a", "b", "a", "b", "a", "b"];
const LABEL = ["no", "yes", "no", "yes", "no", "yes", "no", "yes", "no", "yes"];
const file = (rows: readonly number[], labels: readonly string[] = LABEL): Table => ({
  ...table(
    number(
      "x",
      rows.map((row) => X[row] as number),
    ),
    category(
      "kind",
      rows.map((row) => KIND[row] as string),
    ),
    category(
      "label",
      rows.map((row) => labels[row] as string),
    ),
  ),
});
const ALL = X.map((_, row) => row);
const DATA: DataDocument = design({
  columns: { x: "numeric", kind: "categorical", label: "categorical!" },
  steps: [
    { type: "standardise", columns: ["x"] },
    { type: "one_hot", columns: ["kind"] },
  ],
  split: { method: "stratified", seed: 4 },
});
const NEEDS = needs(["binary", "class_index"], 0);
const choices = (excluded: number[], relabelled: NonNullable<DataDocument["row_choices"]>["relabelled"] = []): DataDocument => ({
  ...DATA,
  row_choices: { fingerprint: "f", excluded, relabelled },
});

describe("rows that are left out by hand", () => {
  it("are in no part, and all else has the bits of a file without them", () => {
    const chosen = prepare(file(ALL), choices([2, 3]), NEEDS, 1);
    const without = prepare(file(ALL.filter((row) => row !== 2 && row !== 3)), DATA, NEEDS, 1);
    expect(chosen.pipeline).toEqual(without.pipeline);
    for (const part of ["training", "validation"] as const) {
      expect(chosen[part].inputs).toEqual(without[part].inputs);
      expect(chosen[part].targets).toEqual(without[part].targets);
      expect([...chosen[part].rowIds]).not.toContain(2);
      // The file without them counts its rows anew.
      expect([...chosen[part].rowIds].map((row) => (row > 3 ? row - 2 : row))).toEqual([...without[part].rowIds]);
    }
    // A word that only they hold is no category any more.
    expect(chosen.pipeline.features.flatMap(({ names }) => names)).not.toContain("kind=z");
    expect(prepare(file(ALL), DATA, NEEDS, 1).pipeline.steps).not.toEqual(without.pipeline.steps);
  });

  it("cannot be all of them; of a series the ends are cut, and what stands in its middle keeps its place", () => {
    expect(() => chooseRows(file(ALL), choices(ALL))).toThrow("data.choices_leave_nothing");
    const window = { columns: ["x"], length: 1, horizon: 1, order_by: null };
    const cut = chooseRows(file(ALL), { ...choices([0, 9]), window });
    expect([[...cut.rowIds], cut.leftOut]).toEqual([[1, 2, 3, 4, 5, 6, 7, 8], undefined]);
    const hole = chooseRows(file(ALL), { ...choices([0, 4]), window });
    expect([[...hole.rowIds], hole.leftOut]).toEqual([[1, 2, 3, 4, 5, 6, 7, 8, 9], new Set([4])]);
  });

  it("are found by their place in the file where the table is a piece of it", () => {
    const piece: Table = { ...file([4, 5, 6]), rowIds: Uint32Array.from([4, 5, 6]) };
    expect([...chooseRows(piece, choices([5])).rowIds]).toEqual([4, 6]);
  });
});

describe("labels that are put right", () => {
  it("give the bits of a file that has them, also where the word is a new one", () => {
    for (const value of ["yes", "aa"]) {
      const corrected = LABEL.map((label, row) => (row === 0 || row === 4 ? value : label));
      const sorted = (one: Table): Table => ({
        ...one,
        columns: one.columns.map((column) => (column.kind === "category" ? inOrder(column) : column)),
      });
      const relabelled = [0, 4].map((row) => ({ row, column: "label", value }));
      const chosen = prepare(sorted(file(ALL)), choices([], relabelled), NEEDS, 1);
      const written = prepare(sorted(file(ALL, corrected)), DATA, NEEDS, 1);
      expect(chosen.pipeline.targets).toEqual(written.pipeline.targets);
      expect(chosen.training).toEqual(written.training);
      expect(chosen.validation).toEqual(written.validation);
    }
  });

  it("are numbers in a column of numbers", () => {
    const relabelled = [{ row: 1, column: "x", value: "2.5" }];
    const { columns } = chooseRows(file(ALL), choices([], relabelled));
    expect(columns[0]).toMatchObject({ values: Float64Array.from([1, 2.5, ...X.slice(2)]) });
    expect(() => chooseRows(file(ALL), choices([], [{ row: 1, column: "x", value: "two" }]))).toThrow("data.label_not_a_number");
  });
});

/** As a reader delivers words: by code point. */
function inOrder(column: Extract<Table["columns"][number], { kind: "category" }>): typeof column {
  const categories = [...column.categories].sort();
  return { ...column, categories, codes: column.codes.map((code) => categories.indexOf(column.categories[code] as string)) };
}
