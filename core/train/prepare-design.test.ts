import { expect, test } from "vitest";
import { chain, node } from "../../test/engine/design.ts";
import type { Table } from "../data/table.ts";
import { metricsFor } from "../metrics/curves.ts";
import { prepareDesign } from "./prepare-design.ts";

const table: Table = {
  rowCount: 10,
  rowIds: Uint32Array.from({ length: 10 }, (_, row) => row),
  columns: [
    { kind: "number", name: "rooms", values: Float64Array.from({ length: 10 }, (_, row) => row) },
    { kind: "number", name: "price", values: Float64Array.from({ length: 10 }, (_, row) => 1000 * (row + 1)) },
  ],
};

const eachEpoch = (steps: readonly { type: string; columns: string[] }[]): string[] => {
  const { outputs } = prepareDesign(
    {
      train: {},
      graph: chain(node("in", "input", {}), node("p", "dense", { units: 1 }), node("out", "output", { loss: "mse" })),
      data: {
        source: { kind: "file", name: "houses.csv" },
        columns: [
          { name: "rooms", type: "numeric", role: "feature" },
          { name: "price", type: "numeric", role: "target" },
        ],
        steps: [...steps],
        split: { method: "random", validation_fraction: 0.2, seed: 1 },
        feature_count: null,
        class_count: null,
      },
    },
    table,
  );
  return outputs.flatMap(({ task }) => metricsFor(task).flatMap((metric) => metric.eachEpoch(task)));
};

test("a target that is learnt as its logarithm has the logarithmic error as a curve, so that folds have its mean; others have not", () => {
  expect(eachEpoch([{ type: "standardise", columns: ["price"] }])).toEqual(["mae", "rmse", "r2"]);
  expect(eachEpoch([{ type: "log1p", columns: ["rooms"] }])).toEqual(["mae", "rmse", "r2"]);
  expect(eachEpoch([{ type: "log1p", columns: ["price"] }])).toEqual(["mae", "rmse", "r2", "rmsle"]);
});
