import { expect, it } from "vitest";
import { category, design, number, table } from "./small-tables.test-support.ts";
import { stepEffect } from "./step-effect.ts";

const rows = table(number("x", [1, Number.NaN, 3, 8]), category("kind", ["b", "a", "b", null]), number("y", [0, 1, 0, 1]));
const data = design({
  columns: { x: "numeric", kind: "categorical", y: "numeric!" },
  steps: [
    { type: "impute", columns: ["x"], strategy: "mean" },
    { type: "standardise", columns: ["x"] },
    { type: "one_hot", columns: ["kind"] },
  ],
});

it("a step is shown by the figures of its columns just before and just after it", () => {
  const [filled] = stepEffect(rows, data, 0).columns;
  expect([filled?.before[0]?.missing, filled?.after[0]?.missing]).toEqual([1, 0]);
  expect(filled?.before[0]?.first).toEqual(["1", "", "3", "8"]);
  expect(filled?.after[0]?.first).toEqual(["1", "4", "3", "8"]);
  const [scaled] = stepEffect(rows, data, 1).columns;
  expect([scaled?.before[0]?.mean, scaled?.before[0]?.missing]).toEqual([4, 0]);
  expect(scaled?.after[0]?.mean).toBeCloseTo(0, 12);
  expect(scaled?.after[0]?.deviation).toBeCloseTo(1, 12);
});

it("categories show how often each is, before and after, and a filter counts", () => {
  const [spread] = stepEffect(rows, { ...data, filter: "x < 5" }, 2).columns;
  expect(spread?.before[0]).toMatchObject({ kind: "category", counts: [2], labels: ["b"], missing: 0 });
  expect(spread?.after[0]).toMatchObject({ kind: "one_hot", first: ["kind=b", "kind=b"] });
});

it("rows without a target teach a step nothing, as in a training", () => {
  const encoder = { type: "target_encoder", columns: ["kind"], smooth: 0, folds: 2, shuffle: false };
  const looked = (target: "price" | "kept") => {
    const given = table(
      category("kind", ["a", "b", "a", "b", "a"]),
      number("price", [1, 2, Number.NaN, 6, 3]),
      category("kept", ["yes", "no", null, "yes", "no"]),
    );
    const columns = { kind: "categorical", [target]: target === "price" ? "numeric!" : "categorical!" };
    const { rows: count, columns: shown } = stepEffect(given, design({ columns, steps: [encoder] }), 0);
    return [count, shown[0]?.after[0]?.first];
  };
  expect(looked("price")).toEqual([4, ["3", "6", "2", "1"]]);
  // 1 is the later class by name, whichever comes first in the table.
  expect(looked("kept")).toEqual([4, ["0", "1", "0", "1"]]);
});

it("numbers that the network takes for classes are classes to a step: a column each, as in a training", () => {
  const encoder = { type: "target_encoder", columns: ["kind"], smooth: 0, folds: 2, shuffle: false };
  const given = table(category("kind", ["a", "b", "a", "b", "a", "b"]), number("mark", [0, 1, 2, 0, 1, 2]));
  const asked = design({ columns: { kind: "categorical", mark: "numeric!" }, steps: [encoder] });
  const columnsAfter = (class_count: number | null) => stepEffect(given, { ...asked, class_count }, 0).columns[0]?.after.length;
  expect([columnsAfter(null), columnsAfter(3)]).toEqual([1, 3]);
});
