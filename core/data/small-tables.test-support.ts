/** Small tables, designs and needs for the tests of preparation, written in a line each. */

import { AppError } from "../errors.ts";
import type { DataDocument } from "../graph/document.ts";
import { sizeOf } from "../ir/tensor.ts";
import type { DataNeeds } from "./data-needs.ts";
import type { TargetEncoding } from "./rows.ts";
import type { CategoryColumn, Column, NumberColumn, Table } from "./table.ts";

export const number = (name: string, values: number[]): NumberColumn => ({ kind: "number", name, values: Float64Array.from(values) });
export const category = (name: string, values: (string | null)[]): CategoryColumn => {
  const categories = [...new Set(values.filter((value) => value !== null))];
  return {
    kind: "category",
    name,
    categories,
    codes: Int32Array.from(values, (value) => (value === null ? -1 : categories.indexOf(value))),
  };
};
export const table = (...columns: Column[]): Table => {
  const first = columns[0] as Column;
  const rowCount =
    "codes" in first ? first.codes.length : "values" in first ? first.values.length : first.pixels.length / sizeOf(first.shape);
  return { rowCount, rowIds: Uint32Array.from({ length: rowCount }, (_, row) => row), columns };
};

interface Plan {
  columns: Record<string, string>;
  steps?: DataDocument["steps"];
  split?: Partial<DataDocument["split"]>;
}
/** Columns as "type" for features and "type!" for targets. */
export const design = ({ columns, steps = [], split = {} }: Plan): DataDocument => ({
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
export const needs = (encodings: TargetEncoding[], width: number, more: Partial<DataNeeds["inputs"][number]> = {}): DataNeeds => ({
  inputs: [{ nodeId: "in", columns: [], shape: null, ...more }],
  outputs: [{ nodeId: "out", columns: [], targetInput: null, encodings, width }],
});
export const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (thrown) {
    if (thrown instanceof AppError)
      return `${thrown.code}${thrown.nodeId === undefined ? "" : `@${thrown.nodeId}`} ${JSON.stringify(thrown.params)}`;
    throw thrown;
  }
  return "no error";
};

export const MIXED_COLUMNS = [
  number("x", [1, 2, 3, 4, 5, 6, 7, 80]),
  category("kind", ["b", "a", "b", "c", "a", "b", "a", "new"]),
  number("y", [0, 1, 0, 1, 0, 1, 0, 1]),
];
const STEPS = [
  { type: "impute", columns: ["x"], strategy: "mean" },
  { type: "standardise", columns: ["x"] },
  { type: "one_hot", columns: ["kind"] },
];
export const MIXED = design({ columns: { x: "numeric", kind: "categorical", y: "numeric!" }, steps: STEPS, split: { method: "time" } });
