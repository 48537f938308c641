import { expect, it } from "vitest";
import type { StepColumn } from "../step.ts";
import implementation from "./implementation.ts";

const number = (name: string, values: number[]): StepColumn => ({ kind: "number", name, values: Float64Array.from(values) });
const category = (name: string, categories: string[], codes: number[]): StepColumn => ({
  kind: "category",
  name,
  categories,
  codes: Int32Array.from(codes),
});

it("of columns that are the same in every training row the first stays, whatever other rows hold", () => {
  const training = [
    number("a", [1, Number.NaN, 0]),
    category("word", ["x", "y"], [0, 1, -1]),
    number("same", [1, Number.NaN, -0]),
    category("other codes", ["y", "x"], [1, 0, -1]),
    number("nearly", [1, 2, 0]),
    category("missing elsewhere", ["x", "y"], [0, 1, 1]),
  ];
  const fitted = JSON.parse(JSON.stringify(implementation.fit(training, {}))) as unknown;
  const later = [
    number("a", [5]),
    category("word", ["x"], [0]),
    number("same", [6]),
    category("other codes", ["z"], [0]),
    number("nearly", [7]),
    category("missing elsewhere", ["x"], [0]),
  ];
  expect(implementation.apply(later, fitted, {}).map((made) => made.map(({ name }) => name))).toEqual([
    ["a"],
    ["word"],
    [],
    [],
    ["nearly"],
    ["missing elsewhere"],
  ]);
});
