/** Slices by two columns against pandas' groups; values by generate_crossed_slices.py. */
import { expect, it } from "vitest";
import { compareSlices } from "../../../core/insight/slices/compare-slices.ts";
import { crossSlices, cutByNumbers, cutByWords, MOST_SLICES } from "../../../core/insight/slices/cut.ts";
import { errorsOfRows, type PredictedRows } from "../../../core/train/predicted-rows.ts";
import golden from "./crossed-slices.json" with { type: "json" };

const { place, size, target, score, groups } = golden;
const rows: PredictedRows = {
  rows: place.length,
  weights: null,
  nodeId: "n",
  name: "out",
  rowIds: Uint32Array.from(place, (_, row) => row),
  task: { kind: "two_classes", count: 2, probabilities: true, threshold: 0.5, encoding: "binary" },
  labels: ["no", "yes"],
  predictions: score,
  targets: target,
};

it("are the groups of pandas, with scikit-learn's accuracy of each", () => {
  const found = compareSlices(crossSlices(cutByWords(place), cutByNumbers(size, 3)), errorsOfRows(rows));
  expect(found).toHaveLength(groups.length);
  for (const { key, places, mean } of found) {
    if (key.kind !== "both" || key.first.kind !== "value" || key.second.kind !== "range") throw new Error("a slice of both");
    const { first, second } = key;
    const group = groups.find((one) => one.place === first.value && Math.abs(one.from - second.from) < 1e-9);
    expect([places.length, second.to]).toEqual([group?.rows, expect.closeTo(group?.to ?? Number.NaN, 9)]);
    expect(Math.abs(1 - mean - (group?.accuracy ?? Number.NaN))).toBeLessThan(1e-6);
  }
});

it("are at most so many, with the smallest together in one", () => {
  const many = Array.from({ length: 300 }, (_, row) => `v${row % 30}`);
  const found = crossSlices(cutByWords(many), cutByNumbers(size, 3));
  expect(found).toHaveLength(MOST_SLICES);
  expect(found.at(-1)?.key).toMatchObject({ kind: "others" });
  expect(found.flatMap(({ places }) => [...places]).sort((a, b) => a - b)).toEqual(many.map((_, row) => row));
});
