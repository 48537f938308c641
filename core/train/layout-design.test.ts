import { expect, test } from "vitest";
import type { Table } from "../data/table.ts";
import type { ColumnDocument, DataDocument, NodeDocument } from "../graph/document.ts";
import { layerDefinition, layerTypes } from "../layers/registry.ts";
import { defaultTraining, writeTraining } from "../spec/training.ts";
import { layoutDesign } from "./layout-design.ts";

const CODES = [0, 1, 2, 0, 1, 2, 0, 1, 2, 0];
const table: Table = {
  rowCount: 10,
  rowIds: Uint32Array.from({ length: 10 }, (_, row) => row),
  columns: [
    { kind: "number", name: "size", values: Float64Array.from({ length: 10 }, (_, row) => row / 10) },
    { kind: "category", name: "kind", codes: Int32Array.from(CODES), categories: ["a", "b", "c"] },
    { kind: "number", name: "grade", values: Float64Array.from({ length: 10 }, (_, row) => row % 2) },
  ],
};

function column(name: string, type: ColumnDocument["type"], role: ColumnDocument["role"]): ColumnDocument {
  return { name, type, role };
}
function data(columns: ColumnDocument[], method: DataDocument["split"]["method"]): DataDocument {
  return {
    source: { kind: "file", name: "table.csv" },
    columns,
    steps: [
      {
        type: "one_hot",
        columns: columns.filter(({ type, role }) => type === "categorical" && role === "feature").map(({ name }) => name),
      },
    ],
    split: { method, validation_fraction: 0.3, seed: 1 },
    feature_count: null,
    class_count: null,
  };
}
const train = writeTraining(defaultTraining());
const noGraph = { nodes: [], edges: [], groups: [] };
const outputType = layerTypes.find((type) => layerDefinition(type)?.traits.role === "output") ?? "";

function output(config: NodeDocument["config"]): NodeDocument {
  return { id: "o", type: outputType, name: "out", config, position: { x: 0, y: 0 }, shared_with: null, bypassed: false };
}

test("an empty canvas: classes where the target is words, features by name, rows by class", () => {
  const design = {
    train,
    graph: noGraph,
    data: data([column("size", "numeric", "feature"), column("kind", "categorical", "target")], "stratified"),
  };
  const layout = layoutDesign(design, table);
  expect(layout.classes).toEqual(["a", "b", "c"]);
  expect(layout.features).toEqual([{ column: "size", width: 1, names: ["size"] }]);
  expect([layout.training_rows, layout.validation_rows]).toEqual([7, 3]);
  expect(layout.class_balance.map(({ label, training, validation }) => [label, training + validation])).toEqual([
    ["a", 4],
    ["b", 3],
    ["c", 3],
  ]);
});

test("an empty canvas: rows that are kept for a test are counted by class too", () => {
  const columns = [column("size", "numeric", "feature"), column("kind", "categorical", "target")];
  const both = data(columns, "stratified");
  const layout = layoutDesign({ train, graph: noGraph, data: { ...both, split: { ...both.split, test_fraction: 0.3 } } }, table);
  const sum = (part: "training" | "validation" | "test"): number => layout.class_balance.reduce((all, row) => all + (row[part] ?? 0), 0);
  expect(layout.test_rows).toBe(3);
  expect([sum("training"), sum("validation"), sum("test")]).toEqual([layout.training_rows, layout.validation_rows, layout.test_rows]);
  expect(layout.class_balance.map(({ test }) => test)).toEqual([1, 1, 1]);
});

test("an empty canvas: a numeric target is classes when it has two values or the split is by class", () => {
  const kind = column("kind", "categorical", "feature");
  const layoutOf = (target: string, method: DataDocument["split"]["method"]) =>
    layoutDesign({ train, graph: noGraph, data: data([kind, column(target, "numeric", "target")], method) }, table);
  expect(layoutOf("grade", "random")).toMatchObject({ class_count: 2, feature_count: 3 });
  expect(layoutOf("size", "random").class_count).toBeNull();
  expect(layoutOf("size", "stratified").class_count).toBe(10);
});

test("an empty canvas: a numeric target is classes when they are to be evened out by sampling", () => {
  const columns = [column("kind", "categorical", "feature"), column("grade", "numeric", "target")];
  const sampled = { ...data(columns, "random"), sampling: { method: "over" as const, seed: null } };
  const layout = layoutDesign({ train, graph: noGraph, data: sampled }, table);
  expect(layout.class_count).toBe(2);
  expect(layout.class_balance[0]?.training).toBe(layout.class_balance[1]?.training);
  expect(layout.sampled_from).toBeLessThanOrEqual(layout.training_rows);
});

test("an empty canvas: a target that is transformed is a number, whatever its values", () => {
  const columns = [column("kind", "categorical", "feature"), column("grade", "numeric", "target")];
  const plain = data(columns, "random");
  const transformed = { ...plain, steps: [...plain.steps, { type: "standardise", columns: ["grade"] }] };
  expect(layoutDesign({ train, graph: noGraph, data: transformed }, table).class_count).toBeNull();
});

test("an output that is not connected yet says how its target is taken", () => {
  const columns = [column("kind", "categorical", "feature"), column("grade", "numeric", "target")];
  const graph = { ...noGraph, nodes: [output({ loss: "mse" })] };
  expect(() => layoutDesign({ train, graph, data: data(columns, "stratified") }, table)).toThrow("data.stratified_needs_classes");
  expect(
    layoutDesign(
      { train, graph: { ...noGraph, nodes: [output({ loss: "binary_crossentropy" })] }, data: data(columns, "stratified") },
      table,
    ).class_count,
  ).toBe(2);
});

test("no target yet: the features are counted all the same", () => {
  const columns = [column("size", "numeric", "feature"), column("kind", "categorical", "feature")];
  expect(layoutDesign({ train, graph: noGraph, data: data(columns, "random") }, table).feature_count).toBe(4);
});
