import { describe, expect, it } from "vitest";
import type { PredictedRows } from "../train/predicted-rows.ts";
import { alignRows } from "./align.ts";
import { disagreementsOf } from "./disagreements.ts";

const numbers = (rowIds: number[], predictions: number[], targets: number[]): PredictedRows => ({
  nodeId: "n",
  name: "y",
  task: { kind: "numbers", count: 1, probabilities: false, threshold: 0.5, encoding: "value" },
  labels: ["y"],
  rows: rowIds.length,
  rowIds: Uint32Array.from(rowIds),
  predictions,
  targets,
  weights: null,
});

describe("rows of two runs", () => {
  it("are brought together by their number in the table, each as often as both have it", () => {
    const a = numbers([4, 2, 2, 9], [1, 2, 3, 4], [0, 1, 1, 5]);
    const b = numbers([2, 9, 7], [20, 40, 70], [1, 5, 0]);
    const { members, left } = alignRows([a, b], ["a", "b"]);
    expect(members.map(({ rowIds, predictions }) => [[...rowIds], [...Array.from(predictions)]])).toEqual([
      [
        [2, 9],
        [2, 4],
      ],
      [
        [2, 9],
        [20, 40],
      ],
    ]);
    expect(left).toEqual([2, 1]);
  });

  it("are refused where none is shared, or the truth is another", () => {
    const a = numbers([1], [0], [5]);
    expect(() => alignRows([a, numbers([2], [0], [5])], ["a", "b"])).toThrow("ensemble.no_common_rows");
    expect(() => alignRows([a, numbers([1], [0], [5.01])], ["a", "b"])).toThrow("ensemble.targets_differ");
    expect(() => alignRows([a, { ...a, labels: ["z"] }], ["a", "b"])).toThrow("ensemble.tasks_differ");
  });

  it("of numbers: who is nearer, the furthest apart first", () => {
    const truth = [0, 0, 0, 0];
    const found = disagreementsOf(numbers([0, 1, 2, 3], [1, 2, 0, 5], truth), numbers([0, 1, 2, 3], [1, -1, 9, 4], truth));
    expect(found.counts).toEqual({ first: 1, second: 2, both: 1, neither: 0 });
    expect(found.rows.map(({ place, better, apart }) => [place, better, apart])).toEqual([
      [2, "first", 9],
      [1, "second", 3],
      [3, "second", 1],
    ]);
    expect(found.errors).toEqual([2, 3.75]);
    expect(found.test).toBe("paired");
  });
});
