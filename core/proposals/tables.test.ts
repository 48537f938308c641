/** The hidden layer that is proposed for a table has fewer weights than there are rows, as its sentence says. */
import { expect, it } from "vitest";
import { examine } from "../checks/examine.ts";
import type { DataDocument } from "../graph/document.ts";
import { tableProposals } from "./tables.ts";

const data = (targets: number): DataDocument => ({
  source: { kind: "file", name: "table.csv" },
  columns: Array.from({ length: targets }, (_, place) => ({ name: `y${place}`, type: "numeric", role: "target" })),
  steps: [],
  split: { method: "random", validation_fraction: 0.2, seed: null },
  feature_count: null,
  class_count: null,
});

it.each([
  ["Titanic", 712, 11, 2, 1, 32],
  ["Iris", 120, 4, 3, 1, 8],
  ["a number of many rows", 4000, 8, null, 1, 64],
  ["three numbers", 500, 10, null, 3, 32],
  ["hardly any rows: no fewer than eight units", 40, 30, 2, 1, 8],
] as const)("%s", (_, trainingRows, width, classCount, targets, units) => {
  const facts = { data: data(targets), features: [{ column: "x", width }], classCount, trainingRows, columns: [], rowCount: trainingRows };
  const hidden = tableProposals(facts).find(({ key }) => key === "table_hidden");
  if (hidden === undefined) throw new Error("no hidden layer is proposed");
  expect(hidden.params["units"]).toBe(units);
  const weights = [...examine(hidden.design).nodes.values()].reduce((sum, node) => sum + node.parameters, 0);
  if (units > 8) expect(weights).toBeLessThanOrEqual(trainingRows);
});
