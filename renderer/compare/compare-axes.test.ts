import { expect, test } from "vitest";
import type { Run } from "../../core/protocol/methods.ts";
import { axisOfRow, axisRows, firstAxes, goodnessOf, keptRuns, parallelRows } from "./compare-axes.ts";
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
  // A search drew them so.
  const drawn = axisOfRow(row("rate", [0.01, 0.02, 0.04, 0.08], "training"), runs, "rate", String, true);
  expect(runs.map(drawn.placeOf)).toEqual([0, expect.closeTo(1 / 3, 12), expect.closeTo(2 / 3, 12), 1]);
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

test("a rectangle keeps the runs that lie in the stretch of both axes, and a run without a value lies in none", () => {
  const axes = [row("units", [1, 2, 3, 4], "layers"), row("val_loss", [9, 5, 1, null], "figures")].map((one) =>
    axisOfRow(one, runs, one.field, String),
  );
  const kept = (units: readonly [number, number], loss: readonly [number, number]) =>
    keptRuns(
      runs,
      axes,
      new Map([
        ["units", units],
        ["val_loss", loss],
      ]),
    ).map(({ id }) => id);
  expect(kept([0.3, 1], [0, 1])).toEqual(["b", "c"]);
  expect(kept([0.3, 1], [0.5, 1])).toEqual(["b"]);
  expect(keptRuns(runs, axes, new Map()).length).toBe(4);
});

test("an option of which a stretch was chosen stays among the axes, however many there are", () => {
  const options = ["a", "b", "c", "d"].map((field) => row(field, [1, 2, 3, 4], "layers"));
  const rows = [...options, row("seconds", [1, 2, 3, 4], "run"), row("val_loss", [1, 2, 3, 4], "figures")];
  const shown = (...chosen: string[]) =>
    parallelRows(rows, "val_loss", new Map(chosen.map((key) => [key, [0, 1] as const])), 2).map(({ key }) => key);
  expect(shown()).toEqual(["a", "b"]);
  expect(shown("d")).toEqual(["a", "d"]);
  expect(shown("seconds", "c", "d")).toEqual(["c", "d", "seconds"]);
  const ofSome = [row("rho", [null, 1, 2, null], "training"), ...options];
  expect(parallelRows(ofSome, "val_loss", new Map(), 2).map(({ key }) => key)).toEqual(["a", "b"]);
});

test("marks that would lie over each other are left out, the ends never", () => {
  const marks = (values: readonly number[], group: CompareRow["group"] = "layers") =>
    axisOfRow(row("x", values, group), runs, "x", String).marks.map(({ text }) => text);
  expect(marks([1, 2, 3, 4])).toEqual(["1", "2", "3", "4"]);
  expect(marks([0, 0.01, 0.99, 1])).toEqual(["0", "1"]);
  expect(marks([0, 0.01, 0.5, 1])).toEqual(["0", "0.5", "1"]);
  expect(marks([5, 5, 5, 5])).toEqual(["5"]);
  // Of figures, which nobody chose, round numbers are marked.
  expect(marks([0.04375, 0.35, 1.121, 0.7], "figures")).toEqual(["0.0", "0.2", "0.4", "0.6", "0.8", "1.0", "1.2"]);
});
