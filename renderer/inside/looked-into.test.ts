/** What the look inside begins with. */
import { expect, it } from "vitest";
import { BASELINE_BACKEND } from "../../core/baselines/backend.ts";
import { ENSEMBLE_BACKEND } from "../../core/ensembles/ensemble.ts";
import { runToLookInto, usualRow } from "./looked-into.ts";

const run = (name: string, change: { backend?: string; has_model?: boolean; epoch?: number; step?: number } = {}) => ({
  name,
  backend: "wasm",
  has_model: true,
  epoch: 3,
  step: 30,
  ...change,
});

it("is the newest network that has begun, though baselines and an ensemble came after it", () => {
  const network = run("network");
  const others = [
    run("queued", { has_model: false, epoch: 0, step: 0 }),
    run("ensemble", { backend: ENSEMBLE_BACKEND }),
    run("forest", { backend: BASELINE_BACKEND }),
  ];
  expect(runToLookInto(others.slice(0, 1), [...others, network, run("older")])).toBe(network);
  expect(runToLookInto([], others)).toBeUndefined();
  // One whose first epoch has not ended is looked into as it is between two steps.
  const begun = run("begun", { has_model: false, epoch: 0, step: 1 });
  expect(runToLookInto([begun], [network])).toBe(begun);
});

it("is the first row, but of a series the last, which has a whole window", () => {
  expect(usualRow(null, 10)).toBe(0);
  expect(usualRow({}, 10)).toBe(0);
  expect(usualRow({ window: { columns: ["value"], length: 4, horizon: 1, order_by: null } }, 10)).toBe(9);
});
