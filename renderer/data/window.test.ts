import { expect, test } from "vitest";
import type { DataDocument } from "../../core/graph/document.ts";
import type { ColumnProfile } from "../../core/protocol/methods.ts";
import {
  seriesColumns,
  seriesFound,
  withFittingWindow,
  withGapFill,
  withoutWindow,
  withSeries,
  withSplit,
  withWindow,
  withWindowChange,
} from "./window.ts";

const data: DataDocument = {
  source: { kind: "file", name: "series.csv" },
  columns: [
    { name: "day", type: "date", role: "ignored" },
    { name: "rain", type: "numeric", role: "feature" },
    { name: "place", type: "categorical", role: "feature" },
    { name: "sales", type: "numeric", role: "target" },
  ],
  steps: [],
  split: { method: "random", validation_fraction: 0.2, seed: null },
  feature_count: null,
  class_count: null,
};

test("a window begins with the target's own past, ordered by the date, the last rows held out", () => {
  const on = withWindow(data);
  expect(on.window).toEqual({ columns: ["sales"], length: 7, horizon: 1, order_by: "day" });
  expect(on.split.method).toBe("time");
  expect(withoutWindow(on)).toEqual({ ...data, split: { ...on.split, order_by: "day" } });
  expect(withWindow(withoutWindow(on))).toEqual(on);
  expect(withoutWindow(withWindowChange(on, { order_by: null }))).toEqual({ ...data, split: on.split });
  expect(seriesColumns(data).map(({ name }) => name)).toEqual(["rain", "sales"]);
});

test("a split by time is proposed in the order of the first dates, and loses what is no time any more", () => {
  const byTime = withSplit(data, { method: "time" });
  expect(byTime.split).toEqual({ ...data.split, method: "time", order_by: "day" });
  expect(withSplit(byTime, { order_by: "rain" }).split.order_by).toBe("rain");
  expect(withSplit(withSplit(byTime, { order_by: "rain" }), { method: "time" }).split.order_by).toBe("rain");
  expect(withSplit(byTime, { order_by: undefined }).split.order_by).toBeUndefined();
  expect(withSplit(data, { method: "random" }).split).toEqual(data.split);
  expect(withSplit(withWindow(data), { method: "time" }).split.order_by).toBeUndefined();
  const undated = { ...data, columns: data.columns.filter(({ type }) => type !== "date") };
  expect(withSplit(undated, { method: "time" }).split).toEqual({ ...data.split, method: "time" });
  const asWords = (given: DataDocument): DataDocument => ({
    ...given,
    columns: given.columns.map((column) => (column.name === "day" ? { ...column, type: "categorical" } : column)),
  });
  expect(withFittingWindow(asWords(byTime)).split).toEqual({ ...data.split, method: "time" });
  expect(withFittingWindow(byTime)).toBe(byTime);
});

test("without a column of numbers nothing changes", () => {
  const words = { ...data, columns: data.columns.filter(({ type }) => type !== "numeric") };
  expect(withWindow(words)).toBe(words);
});

test("a window never loses its last column by hand, and goes with it when it is ignored", () => {
  const on = withWindowChange(withWindow(data), { columns: ["rain", "sales"], length: 28 });
  expect(on.window).toMatchObject({ columns: ["rain", "sales"], length: 28 });
  expect(withWindowChange(on, { columns: [] })).toBe(on);
  const ignoring = (names: readonly string[]): DataDocument => ({
    ...on,
    columns: on.columns.map((column) => (names.includes(column.name) ? { ...column, role: "ignored" as const } : column)),
  });
  expect(withFittingWindow(ignoring(["rain"])).window?.columns).toEqual(["sales"]);
  expect(withFittingWindow(ignoring(["rain", "sales"])).window).toBeUndefined();
  expect(withFittingWindow(on)).toBe(on);
});

test("gaps are filled in the chosen way, with the options of that way alone", () => {
  const on = withWindow(data);
  expect(withGapFill(on, { method: "seasonal" }).window?.fill).toEqual({ method: "seasonal", season: 7 });
  const yearly = withGapFill(withGapFill(on, { method: "seasonal" }), { season: 12 });
  expect(yearly.window?.fill).toEqual({ method: "seasonal", season: 12 });
  expect(withGapFill(yearly, { method: "linear" }).window?.fill).toEqual({ method: "linear" });
  expect(withGapFill(yearly, { method: "constant" }).window?.fill).toEqual({ method: "constant", value: 0 });
  expect(withGapFill(yearly, null)).toEqual(on);
});

test("a series is found by a time of its own in every row, a number as target, and nothing else that comes in", () => {
  const ROWS = 144;
  const profile = (name: string, type: ColumnProfile["type"], distinct: number): [string, ColumnProfile] => [
    name,
    {
      ...{ name, type, distinct, remarks: ["whole_numbers"], missing: 0 },
      ...{ mean: null, deviation: null, min: null, max: null, quantiles: null, histogram: [] },
    },
  ];
  const profiles = new Map([profile("day", "date", ROWS), profile("rain", "numeric", 90), profile("sales", "numeric", 118)]);
  const withRoles = (day: "feature" | "ignored", rain: "feature" | "ignored", sales: "target" | "feature"): DataDocument => ({
    ...data,
    columns: [
      { name: "day", type: "date", role: day },
      { name: "rain", type: "numeric", role: rain },
      { name: "sales", type: "numeric", role: sales },
    ],
  });
  const series = withRoles("feature", "ignored", "target");
  const found = { target: "sales", time: "day" };
  expect(seriesFound(series, profiles, ROWS)).toEqual(found);
  expect(seriesFound(withRoles("ignored", "ignored", "target"), profiles, ROWS)).toEqual(found);
  // A number named after the time tells it as well as a date.
  const numbered = {
    ...series,
    columns: series.columns.map((column) => (column.name === "day" ? { ...column, type: "numeric" as const } : column)),
  };
  expect(seriesFound(numbered, profiles, ROWS)).toEqual(found);
  expect(withSeries(numbered, "day")).toMatchObject({
    window: { columns: ["sales"], length: 7, order_by: "day" },
    split: { method: "time" },
  });

  expect(seriesFound(withRoles("feature", "feature", "target"), profiles, ROWS)).toBeNull();
  expect(seriesFound(withRoles("feature", "ignored", "feature"), profiles, ROWS)).toBeNull();
  expect(seriesFound(withSeries(series, "day"), profiles, ROWS)).toBeNull();
  expect(seriesFound(series, new Map([...profiles, profile("day", "date", ROWS - 1)]), ROWS)).toBeNull();
  expect(seriesFound(series, new Map([...profiles, profile("sales", "numeric", 3)]), ROWS)).toBeNull();
});
