import { expect, it } from "vitest";
import { addWindows } from "../../../core/data/windows.ts";
import type { Coefficients } from "./coefficients.ts";
import { windowWeights } from "./window-weights.ts";

const coefficients = (features: readonly string[]): Coefficients => ({
  units: [""],
  rows: features.map((feature, place) => ({ feature, values: [place + 1] })),
  intercepts: [0],
  odds: false,
});

it("weights of a window stand by how far back their step is, the nearest first, as the preparation names them", () => {
  const groups = new Map([["y", [{ kind: "number" as const, name: "y", values: Float64Array.from([1, 2, 3, 4, 5]) }]]]);
  addWindows(groups, null, { columns: ["y"], length: 3, horizon: 1, order_by: null }, 5);
  const made = groups.get("window" as "y") as unknown as readonly { names: readonly string[] }[];
  expect(windowWeights(coefficients(made[0]?.names ?? []))).toEqual([
    {
      column: "y",
      steps: [
        { back: 1, weight: 3 },
        { back: 2, weight: 2 },
        { back: 3, weight: 1 },
      ],
    },
  ]);
});

it("other features have no such chart", () => {
  expect(windowWeights(coefficients(["age", "size"]))).toBeNull();
  expect(windowWeights(coefficients(["y −1"]))).toBeNull();
});
