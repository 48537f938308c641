import { describe, expect, it } from "vitest";
import { AppError } from "../errors.ts";
import type { DataDocument } from "../graph/document.ts";
import { generate } from "./generators/generator.ts";
import { generatorNamed } from "./generators/generators.ts";
import { layoutOf } from "./layout.ts";
import { applyPipeline, inverseTarget, prepare } from "./prepare.ts";
import type { DataNeeds, FittedPipeline, TargetEncoding } from "./prepared.ts";
import type { CategoryColumn, Column, NumberColumn, Table } from "./table.ts";

const number = (name: string, values: number[]): NumberColumn => ({ kind: "number", name, values: Float64Array.from(values) });
const category = (name: string, values: (string | null)[]): CategoryColumn => {
  const categories = [...new Set(values.filter((value) => value !== null))];
  return { kind: "category", name, categories, codes: Int32Array.from(values, (value) => (value === null ? -1 : categories.indexOf(value))) };
};
const table = (...columns: Column[]): Table => {
  const first = columns[0] as Column;
  const rowCount = first.kind === "number" ? first.values.length : first.codes.length;
  return { rowCount, rowIds: Uint32Array.from({ length: rowCount }, (_, row) => row), columns };
};

interface Plan {
  columns: Record<string, string>;
  steps?: DataDocument["steps"];
  split?: Partial<DataDocument["split"]>;
}
/** Columns as "type" for features and "type!" for targets. */
const design = ({ columns, steps = [], split = {} }: Plan): DataDocument => ({
  source: { kind: "file", name: "test.csv" },
  columns: Object.entries(columns).map(([name, type]) => ({
    name,
    type: type.replace(/[!-]$/, "") as "numeric",
    role: type.endsWith("!") ? "target" : type.endsWith("-") ? "ignored" : "feature",
  })),
  steps,
  split: { method: "none", validation_fraction: 0.25, seed: null, ...split },
  feature_count: null,
  class_count: null,
});
const needs = (encodings: TargetEncoding[], width: number, more: Partial<DataNeeds["inputs"][number]> = {}): DataNeeds => ({
  inputs: [{ nodeId: "in", columns: [], shape: null, ...more }],
  outputs: [{ nodeId: "out", columns: [], targetInput: null, encodings, width }],
});
const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (thrown) {
    if (thrown instanceof AppError) return `${thrown.code}${thrown.nodeId === undefined ? "" : `@${thrown.nodeId}`} ${JSON.stringify(thrown.params)}`;
    throw thrown;
  }
  return "no error";
};

describe("prepare", () => {
  it("makes inputs and binary targets of the four corners of xor", () => {
    const xor = generate(generatorNamed("xor"), { count: 4, noise: 0 });
    const { training, pipeline, droppedRows } = prepare(xor, design({ columns: { x1: "numeric", x2: "numeric", label: "categorical!" } }), needs(["binary"], 1), 0);
    expect([...(training.inputs.in?.values ?? [])]).toEqual([-1, -1, -1, 1, 1, -1, 1, 1]);
    expect(training.inputs.in?.shape).toEqual([2]);
    expect([...(training.targets.out?.values ?? [])]).toEqual([0, 1, 1, 0]);
    expect(pipeline.targets.out).toEqual({ columns: ["label"], encoding: "binary", classes: ["a", "b"] });
    expect(droppedRows).toBe(0);
  });
});
