/** Filled gaps of time series, window by window, against pandas (generate_window_gaps.py), through `prepare` and `applyPipeline`. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { DataNeeds } from "../../../core/data/data-needs.ts";
import { applyPipeline, prepare } from "../../../core/data/prepare.ts";
import type { PreparedPart } from "../../../core/data/prepared.ts";
import { number, table } from "../../../core/data/small-tables.test-support.ts";
import type { DataDocument } from "../../../core/graph/document.ts";

type Method = NonNullable<NonNullable<DataDocument["window"]>["fill"]>["method"];
interface Case {
  name: string;
  rows: number;
  length: number;
  horizon: number;
  season: number;
  constant: number;
  held: number;
  added: number;
  missing: number;
  times: number[];
  columns: Record<"y" | "z", (number | null)[]>;
  fills: { method: Method; rows: number[]; windows: number[][] }[];
}
const { cases } = JSON.parse(readFileSync(new URL("window_gaps.json", import.meta.url), "utf8")) as { cases: Case[] };

const needs: DataNeeds = {
  inputs: [{ nodeId: "in", columns: [], shape: null }],
  outputs: [{ nodeId: "out", columns: [], targetInput: null, encodings: ["value"], width: 1 }],
};
const numbers = (values: (number | null)[]): number[] => values.map((value) => value ?? Number.NaN);
const design = (of: Case, method: Method): DataDocument => ({
  source: { kind: "file", name: "series.csv" },
  columns: [
    { name: "day", type: "date", role: "ignored" },
    { name: "y", type: "numeric", role: "target" },
    { name: "z", type: "numeric", role: "feature" },
  ],
  steps: [],
  split: { method: "time", validation_fraction: of.held, seed: null },
  window: {
    columns: ["y", "z"],
    length: of.length,
    horizon: of.horizon,
    order_by: "day",
    fill: { method, season: of.season, value: of.constant },
  },
  feature_count: null,
  class_count: null,
});

/** Rows and what comes in for them. */
function inputsOf(parts: readonly PreparedPart[], width: number): Map<number, number[]> {
  return new Map(
    parts.flatMap((part) => {
      const values = part.inputs["in"]?.values as Float32Array;
      return [...part.rowIds].map((row, i): [number, number[]] => [row, [...values.subarray(i * width, (i + 1) * width)]]);
    }),
  );
}

function expectWindows(found: Map<number, number[]>, { rows, windows }: Case["fills"][number]): void {
  expect([...found.keys()]).toEqual(rows);
  rows.forEach((row, i) => {
    windows[i]?.forEach((value, place) => expect(Math.abs((found.get(row)?.[place] as number) - value), `row ${row}`).toBeLessThan(1e-6));
  });
}

describe.each(cases.flatMap((of) => of.fills.map((fill) => ({ of, fill, title: `${of.name}, ${fill.method}` }))))(
  "$title",
  ({ of, fill }) => {
    const rows = table(number("day", of.times), number("y", numbers(of.columns.y)), number("z", numbers(of.columns.z)));
    const prepared = prepare(rows, design(of, fill.method), needs, 0);

    it("fills the windows of both parts as pandas fills what was known at their end", () => {
      expectWindows(inputsOf([prepared.training, prepared.validation], 2 * of.length), fill);
      expect(prepared.filledGaps).toEqual({ rows: of.added, values: of.missing });
    });

    it("fills new rows with what was learnt, to the bit", () => {
      const stored = JSON.parse(JSON.stringify(prepared.pipeline)) as typeof prepared.pipeline;
      const again = inputsOf([applyPipeline(rows, stored, needs, { withTargets: true })], 2 * of.length);
      expect(again).toEqual(inputsOf([prepared.training, prepared.validation], 2 * of.length));
    });
  },
);

const wanted = [cases[0]].flatMap((of) => (of === undefined ? [] : of.fills.map((fill) => ({ of, method: fill.method }))));
it.each(wanted)("$method: rows that are held out change nothing that comes in for training, nor what is stored", ({ of, method }) => {
  const held = Math.round(of.held * of.rows);
  const other = (values: (number | null)[]): number[] =>
    numbers(values).map((value, row) => (row < of.rows - held ? value : 1000 - 3 * row));
  const made = (y: number[], z: number[]) =>
    prepare(table(number("day", of.times), number("y", y), number("z", z)), design(of, method), needs, 0);
  const [one, two] = [made(numbers(of.columns.y), numbers(of.columns.z)), made(other(of.columns.y), other(of.columns.z))];
  expect(two.pipeline).toEqual(one.pipeline);
  expect(two.training.inputs["in"]?.values).toEqual(one.training.inputs["in"]?.values);
  expect(two.training.rowIds).toEqual(one.training.rowIds);
});
