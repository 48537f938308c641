/**
 * What validation rows may and may not do: they are held out by class or by time, nothing is learnt from them, what training
 * never saw is taken as it is, and figures come back in the target's own units.
 */
import { describe, expect, it } from "vitest";
import type { ColumnDocument, DataDocument } from "../graph/document.ts";
import type { DataNeeds } from "./data-needs.ts";
import { applyPipeline, inverseTarget, prepare } from "./prepare.ts";
import type { PreparedData } from "./prepared.ts";
import { splitRows } from "./split.ts";
import type { Column, Table } from "./table.ts";

const numbers = (name: string, values: readonly number[]): Column => ({ kind: "number", name, values: Float64Array.from(values) });
const words = (name: string, values: readonly string[]): Column => {
  const categories = [...new Set(values)].sort();
  return { kind: "category", name, categories, codes: Int32Array.from(values, (value) => categories.indexOf(value)) };
};
function tableOf(rowCount: number, ...columns: readonly Column[]): Table {
  return { rowCount, rowIds: Uint32Array.from({ length: rowCount }, (_, row) => row), columns };
}
function design(columns: readonly Pick<ColumnDocument, "name" | "type" | "role">[], more: Partial<DataDocument>): DataDocument {
  const split = { method: "time", validation_fraction: 0.25, seed: null } as const;
  const source = { kind: "file", name: "a.csv" } as const;
  return { source, columns: [...columns], steps: [], split, feature_count: null, class_count: null, ...more };
}
const NEEDS: DataNeeds = {
  inputs: [{ nodeId: "x", columns: [], shape: null }],
  outputs: [{ nodeId: "y", columns: [], targetInput: null, encodings: ["binary", "value"], width: 1 }],
};

describe("held-out rows", () => {
  it("are the last ones where the split is by time", () => {
    const { training, validation } = splitRows(8, { method: "time", validation_fraction: 0.25, seed: null }, null, 1);
    expect([[...training], [...validation]]).toEqual([
      [0, 1, 2, 3, 4, 5],
      [6, 7],
    ]);
  });

  it("have each class in the share it has in all rows, for every seed; a split by chance does not", () => {
    const strata = Int32Array.from({ length: 400 }, (_, row) => (row % 20 === 0 ? 1 : 0));
    const rare = (method: "random" | "stratified", seed: number): number =>
      splitRows(400, { method, validation_fraction: 0.25, seed }, strata, 0).validation.filter((row) => strata[row] === 1).length;
    const seeds = Array.from({ length: 20 }, (_, seed) => seed);
    expect(new Set(seeds.map((seed) => rare("stratified", seed)))).toEqual(new Set([5]));
    expect(new Set(seeds.map((seed) => rare("random", seed))).size).toBeGreaterThan(1);
  });

  it("are none of the training rows, and all rows are in one of the parts", () => {
    for (const method of ["random", "time"] as const) {
      const { training, validation } = splitRows(101, { method, validation_fraction: 0.3, seed: 7 }, null, 0);
      expect([...training, ...validation].sort((a, b) => a - b)).toEqual(Array.from({ length: 101 }, (_, row) => row));
      expect(validation).toHaveLength(30);
    }
  });
});

describe("what is fitted", () => {
  /** Six rows to train on and two held out; those have values far from all others, a gap and a word of their own. */
  const prepared: PreparedData = prepare(
    tableOf(
      8,
      numbers("size", [1, 2, 3, 1, 2, 3, 1000, 2000]),
      numbers("gap", [4, Number.NaN, 6, 4, 5, 6, Number.NaN, 9000]),
      words("colour", ["red", "blue", "red", "blue", "red", "blue", "green", "red"]),
      words("label", ["a", "b", "a", "b", "a", "b", "a", "b"]),
    ),
    design(
      [
        { name: "size", type: "numeric", role: "feature" },
        { name: "gap", type: "numeric", role: "feature" },
        { name: "colour", type: "categorical", role: "feature" },
        { name: "label", type: "categorical", role: "target" },
      ],
      {
        steps: [
          { type: "impute", columns: ["gap"], strategy: "mean" },
          { type: "standardise", columns: ["size"] },
          { type: "min_max", columns: ["gap"] },
          { type: "one_hot", columns: ["colour"] },
        ],
      },
    ),
    NEEDS,
    0,
  );
  const rowsOf = (part: PreparedData["training"]): number[][] => {
    const { values, shape } = part.inputs["x"] ?? { values: new Float32Array(0), shape: [0] };
    const width = shape[0] ?? 0;
    return Array.from({ length: part.rowCount }, (_, row) => [...values.subarray(row * width, (row + 1) * width)]);
  };

  it("is learnt from the training rows alone: means, ranges and categories", () => {
    const deviation = Math.sqrt(2 / 3);
    expect(rowsOf(prepared.training)[0]).toEqual([Math.fround(-1 / deviation), 0, 0, 1]);
    // The mean of 4, 6, 4, 5, 6 fills the gap.
    expect(rowsOf(prepared.training)[1]).toEqual([0, 0.5, 1, 0]);
    expect(prepared.pipeline.features.flatMap(({ names }) => names)).toEqual(["size", "gap", "colour=blue", "colour=red"]);
  });

  it("is applied to the held-out rows as it was learnt; a word that training never saw is none of the known ones", () => {
    const deviation = Math.sqrt(2 / 3);
    expect(rowsOf(prepared.validation)).toEqual([
      [Math.fround(998 / deviation), 0.5, 0, 0],
      [Math.fround(1998 / deviation), 4498, 0, 1],
    ]);
  });

  it("does to later rows what it did to these, to the bit", () => {
    const later = tableOf(
      2,
      numbers("size", [1000, 1]),
      numbers("gap", [Number.NaN, 4]),
      words("colour", ["violet", "red"]),
      words("label", ["a", "a"]),
    );
    const applied = applyPipeline(later, prepared.pipeline, NEEDS, { withTargets: false });
    expect(rowsOf(applied)).toEqual([rowsOf(prepared.validation)[0], rowsOf(prepared.training)[0]]);
  });
});

describe("a target that was transformed", () => {
  it("comes back in its own units: first undone is the step that was last", () => {
    const price = [10, 20, 40, 80, 160, 320, 640, 1280];
    const { pipeline, training } = prepare(
      tableOf(8, numbers("size", [1, 2, 3, 4, 5, 6, 7, 8]), numbers("price", price)),
      design(
        [
          { name: "size", type: "numeric", role: "feature" },
          { name: "price", type: "numeric", role: "target" },
        ],
        {
          steps: [
            { type: "log1p", columns: ["price"] },
            { type: "standardise", columns: ["price"] },
          ],
        },
      ),
      NEEDS,
      0,
    );
    const seen = training.targets["y"]?.values ?? new Float32Array(0);
    expect(Math.abs(seen.reduce((sum, value) => sum + value, 0))).toBeLessThan(1e-5);
    [...inverseTarget(pipeline, "y", seen)].forEach((value, row) => {
      // What float32 leaves of a logarithm.
      expect(Math.abs(value / (price[row] ?? 0) - 1)).toBeLessThan(1e-6);
    });
  });
});
