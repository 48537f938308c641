import { describe, expect, it } from "vitest";
import type { DataDocument } from "../graph/document.ts";
import { applyPipeline, prepare } from "./prepare.ts";
import { category, codeOf, design, needs, number, table } from "./small-tables.test-support.ts";

const WANTED = needs(["value"], 1);

/** x and y with a column of weights between them. */
const rows = (weights: number[]) =>
  table(
    number(
      "x",
      weights.map((_, i) => i),
    ),
    number("w", weights),
    number(
      "y",
      weights.map((_, i) => 2 * i),
    ),
  );

function weighted(plan: Parameters<typeof design>[0], ...names: string[]): DataDocument {
  const data = design(plan);
  return { ...data, columns: data.columns.map((column) => (names.includes(column.name) ? { ...column, role: "weight" } : column)) };
}
const plain = weighted({ columns: { x: "numeric", w: "numeric", y: "numeric!" } }, "w");

describe("weights of rows", () => {
  it("come with their rows, whatever part these go to, and are no feature", () => {
    const split = { ...plain, split: { method: "random" as const, validation_fraction: 0.4, seed: 3 } };
    const { training, validation, pipeline } = prepare(rows([0, 1, 2, 3, 4]), split, WANTED, 0);
    for (const part of [training, validation]) expect([...(part.weights ?? [])]).toEqual([...part.rowIds]);
    expect(pipeline.features.map(({ column }) => column)).toEqual(["x"]);
    expect(training.inputs["in"]?.shape).toEqual([1]);
  });

  it("stay as they are: they are not scaled and not filled", () => {
    const steps = [{ type: "standardise", columns: ["x"] }];
    const { training } = prepare(rows([0.25, 7, 0]), { ...plain, steps }, WANTED, 0);
    expect([...(training.weights ?? [])]).toEqual([0.25, 7, 0]);
  });

  it("leave a part without them alone", () => {
    expect(
      prepare(rows([1, 1]), design({ columns: { x: "numeric", w: "numeric-", y: "numeric!" } }), WANTED, 0).training,
    ).not.toHaveProperty("weights");
  });

  it("go with the rows that have a target, and are asked for again when rows are evaluated, not when they are predicted", () => {
    const source = table(number("x", [1, 2, 3]), number("w", [4, 5, 6]), number("y", [1, Number.NaN, 3]));
    const { pipeline, training } = prepare(source, plain, WANTED, 0);
    expect([...(training.weights ?? [])]).toEqual([4, 6]);
    expect([...(applyPipeline(source, pipeline, WANTED, { withTargets: true }).weights ?? [])]).toEqual([4, 6]);
    const without = table(number("x", [9]), number("y", [1]));
    expect(applyPipeline(without, pipeline, WANTED, { withTargets: false })).not.toHaveProperty("weights");
    expect(codeOf(() => applyPipeline(without, pipeline, WANTED, { withTargets: true }))).toContain("data.column_missing");
  });

  it.each([
    ["negative", [1, -0.5], 'data.weight_not_valid {"column":"w","row":2,"value":"-0.5"}'],
    ["missing", [Number.NaN, 1], 'data.weight_not_valid {"column":"w","row":1,"value":"NaN"}'],
    ["infinite in float32", [1, 1e39], 'data.weight_not_valid {"column":"w","row":2,"value":"1e+39"}'],
    ["all zero", [0, 0], 'data.weights_all_zero {"column":"w"}'],
  ])("are refused when they are %s", (_, weights, expected) => {
    expect(codeOf(() => prepare(rows(weights), plain, WANTED, 0))).toBe(expected);
  });

  it("are one column of numbers, and no node and no step may name it", () => {
    const columns = { x: "numeric", w: "numeric", y: "numeric!" };
    expect(codeOf(() => prepare(rows([1, 1]), weighted({ columns }, "w", "x"), WANTED, 0))).toBe('data.several_weights {"columns":"x, w"}');
    const words = table(number("x", [1, 2]), category("w", ["a", "b"]), number("y", [1, 2]));
    expect(codeOf(() => prepare(words, weighted({ columns: { ...columns, w: "categorical" } }, "w"), WANTED, 0))).toContain(
      "data.weight_not_numeric",
    );
    expect(codeOf(() => prepare(rows([1, 1]), plain, needs(["value"], 1, { columns: ["x", "w"] }), 0))).toBe(
      'data.weight_as_feature@in {"column":"w"}',
    );
    const steps = [{ type: "standardise", columns: ["x", "w"] }];
    expect(codeOf(() => prepare(rows([1, 1]), { ...plain, steps }, WANTED, 0))).toBe(
      'data.step_on_weight {"step":"standardise","column":"w"}',
    );
  });
});
