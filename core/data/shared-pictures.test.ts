/** Several rows that show one picture: the numbers are held once, and training and predicting see the same as with a picture for each. */
import { describe, expect, it } from "vitest";
import type { DataDocument } from "../graph/document.ts";
import type { DataNeeds } from "./data-needs.ts";
import { applyPipeline, prepare } from "./prepare.ts";
import type { PreparedPart } from "./prepared.ts";
import { ownValues } from "./rows.ts";
import type { PictureColumn, Table } from "./table.ts";

const SHAPE = [2, 2, 1] as const;
const PLACES = [2, 0, 2, 1, 1, 0, 2, 2];
const pixelsOf = (picture: number): number[] => [0, 1, 2, 3].map((i) => 40 * picture + i);

const table = (shared: boolean): Table => {
  const picture: PictureColumn = shared
    ? { kind: "picture", name: "p", shape: SHAPE, pixels: Uint8Array.from([0, 1, 2].flatMap(pixelsOf)), places: Uint32Array.from(PLACES) }
    : { kind: "picture", name: "p", shape: SHAPE, pixels: Uint8Array.from(PLACES.flatMap(pixelsOf)) };
  return {
    rowCount: PLACES.length,
    rowIds: Uint32Array.from(PLACES, (_, row) => row),
    columns: [
      picture,
      { kind: "number", name: "x", values: Float64Array.from(PLACES, (_, row) => row) },
      { kind: "category", name: "y", codes: Int32Array.from(PLACES, (_, row) => row % 2), categories: ["a", "b"] },
    ],
  };
};
const data: DataDocument = {
  source: { kind: "file", name: "t.csv" },
  columns: [
    { name: "p", type: "picture", role: "feature" },
    { name: "x", type: "numeric", role: "feature" },
    { name: "y", type: "categorical", role: "target" },
  ],
  steps: [{ type: "picture", columns: ["p"], scale: "none" }],
  split: { method: "random", validation_fraction: 0.4, seed: 1 },
  feature_count: null,
  class_count: null,
};
const needs = (columns: readonly string[][]): DataNeeds => ({
  inputs: columns.map((names, place) => ({ nodeId: `in${place}`, columns: names, shape: null })),
  outputs: [{ nodeId: "out", columns: ["y"], targetInput: null, encodings: ["class_index"], width: 0 }],
});
const rowsOf = ({ inputs, rowCount }: PreparedPart): Record<string, number[]> =>
  Object.fromEntries(Object.entries(inputs).map(([id, rows]) => [id, [...ownValues(rows, 0, rowCount)]]));

describe("pictures that rows share", () => {
  it.each([[[["p"], ["x"]]], [[["p", "x"]]]])("give the same rows as pictures of their own, for inputs %j", (columns) => {
    const [shared, own] = [prepare(table(true), data, needs(columns), 1), prepare(table(false), data, needs(columns), 1)];
    for (const part of ["training", "validation"] as const) expect(rowsOf(shared[part])).toEqual(rowsOf(own[part]));
    const applied = (of: boolean): PreparedPart => applyPipeline(table(of), own.pipeline, needs(columns), { withTargets: false });
    expect(rowsOf(applied(true))).toEqual(rowsOf(applied(false)));
  });

  it("are held once, and only those that a part shows", () => {
    const { training } = prepare(table(true), data, needs([["p"], ["x"]]), 1);
    const shown = new Set(Array.from(training.rowIds, (row) => PLACES[row]));
    expect(training.inputs["in0"]?.values.length).toBe(4 * shown.size);
    expect(training.inputs["in0"]?.places?.length).toBe(training.rowCount);
  });
});
