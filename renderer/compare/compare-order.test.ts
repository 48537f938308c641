import { expect, test } from "vitest";
import { groupValue, nextOrder, orderedPlaces } from "./compare-order.ts";
import type { CompareRow } from "./compare-runs.ts";

const row = (key: string, values: readonly unknown[], group: CompareRow["group"] = "figures"): CompareRow => ({
  key,
  group,
  owner: "",
  field: key,
  type: "",
  values,
  differs: true,
  best: [],
});

test("runs stand by the values of a row, those without one last either way, equal ones as they were chosen", () => {
  const rows = [row("loss", [0.3, undefined, 0.1, null, 0.3]), row("name", ["b10", "b9", "a", "a", undefined], "run")];
  expect(orderedPlaces(rows, 5, { key: "loss", descending: false })).toEqual([2, 0, 4, 1, 3]);
  expect(orderedPlaces(rows, 5, { key: "loss", descending: true })).toEqual([0, 4, 2, 1, 3]);
  expect(orderedPlaces(rows, 5, { key: "name", descending: false })).toEqual([2, 3, 1, 0, 4]);
  expect(orderedPlaces(rows, 5, null)).toEqual([0, 1, 2, 3, 4]);
  expect(orderedPlaces(rows, 5, { key: "gone", descending: true })).toEqual([0, 1, 2, 3, 4]);
});

test("a row is sorted upwards, downwards, and then no more", () => {
  const first = nextOrder(null, "loss");
  const second = nextOrder(first, "loss");
  expect([first, second, nextOrder(second, "loss")]).toEqual([{ key: "loss", descending: false }, { key: "loss", descending: true }, null]);
  expect(nextOrder(second, "accuracy")).toEqual({ key: "accuracy", descending: false });
});

test("a group has the mean and the deviation of a figure, and an option only where all members share it", () => {
  const spread = groupValue(row("loss", [1, 9, 3, null]), [0, 2, 3]);
  expect(spread).toMatchObject({ kind: "spread", summary: { mean: 2 } });
  // The deviation of a sample: divided by n - 1.
  expect(spread?.kind === "spread" && spread.summary.deviation).toBeCloseTo(Math.SQRT2, 12);
  expect(groupValue(row("loss", [null, undefined]), [0, 1])).toBeNull();
  expect(groupValue(row("units", [8, 8, 16], "layers"), [0, 1])).toEqual({ kind: "same", value: 8 });
  expect(groupValue(row("units", [8, 8, 16], "layers"), [0, 2])).toBeNull();
});
