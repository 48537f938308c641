// @vitest-environment node
import { expect, test } from "vitest";
import type { Run } from "../../core/protocol/methods.ts";
import { axisOfRow, axisRows, firstAxes, goodnessOf } from "./compare-axes.ts";
import type { CompareRow } from "./compare-runs.ts";

const row = (field: string, values: readonly unknown[], group: CompareRow["group"], differs = true): CompareRow => ({
  key: field,
  group,
  owner: "",
  field,
  type: "",
  values,
  differs,
  best: [],
});
// Axes know runs by their ids only.
const runs = ["a", "b", "c", "d"].map((id) => ({ id }) as Run);
const places = (values: readonly unknown[]): readonly (number | null)[] => {
  const axis = axisOfRow(row("x", values, "training"), runs, "x", String);
  return runs.map((run) => axis.placeOf(run));
};

test("numbers stand by their size, and by their logarithm where they reach over powers of ten", () => {
  expect(places([1, 2, 5, 3])).toEqual([0, 0.25, 1, 0.5]);
  const [one, two, three, four] = places([0.001, 0.01, 0.1, 1]);
  expect([one, four]).toEqual([0, 1]);
  expect(two).toBeCloseTo(1 / 3, 12);
  expect(three).toBeCloseTo(2 / 3, 12);
  // Zero has no logarithm.
  expect(places([0, 1, 100, 50])).toEqual([0, 0.01, 1, 0.5]);
  expect(places([7, 7, 7, 7])).toEqual([0.5, 0.5, 0.5, 0.5]);
});

test("words stand side by side, numbers in them counted; a run without a value has no place", () => {
  expect(places(["relu10", "relu9", null, undefined])).toEqual([0.75, 0.25, null, null]);
  expect(places([true, false, true, "8"])).toEqual([5 / 6, 0.5, 5 / 6, 1 / 6]);
  expect(places([Number.NaN, 1, 2, 3])[0]).not.toBe(0);
});

test("the first look is at what was changed, against the figure of the held-out rows", () => {
  const rows = [
    row("loss", [1, 2], "figures"),
    row("val_loss", [1, 2], "figures", false),
    row("seconds", [1, 2], "run"),
    row("activation", ["relu", "tanh"], "layers"),
    row("units", [8, 16], "layers"),
    row("epochs", [5, 5], "training", false),
  ];
  expect(firstAxes(rows)).toEqual({ x: "units", y: "val_loss" });
  expect(axisRows(rows).map(({ key }) => key)).toEqual(["loss", "val_loss", "seconds", "activation", "units"]);
  expect(firstAxes(rows.slice(0, 3))).toEqual({ x: "seconds", y: "val_loss" });
});

test("the best run is the highest of what is to be high and the lowest of what is to be low", () => {
  const axis = axisOfRow(row("loss", [0.1, 0.3, 0.2, null], "figures"), runs, "loss", String);
  const [low, high] = [goodnessOf(axis, runs, false), goodnessOf(axis, runs, true)];
  expect(runs.map(low)).toEqual([1, 0, expect.closeTo(0.5, 12), null]);
  expect(runs.map(high)).toEqual([0, 1, expect.closeTo(0.5, 12), null]);
});
