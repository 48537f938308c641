/** Bagging against scikit-learn's BaggingClassifier and BaggingRegressor: what is drawn, and who answers for which row; values by generate_bagging.py. */
import { describe, expect, it } from "vitest";
import { bagOf } from "../../../core/data/bags.ts";
import { Random } from "../../../core/data/random.ts";
import { outOfBag } from "../../../core/ensembles/out-of-bag.ts";
import { type PredictedRows, pickRows } from "../../../core/train/predicted-rows.ts";
import golden from "./bagging.json" with { type: "json" };

const rowsOf = (rows: number): Uint32Array => Uint32Array.from({ length: rows }, (_, row) => row);
const base = (rows: number) => ({ rows, weights: null, nodeId: "n", name: "out", rowIds: rowsOf(rows) });
/** Rows that a member did not draw. */
const leftOf = (drawn: readonly number[], rows: number): number[] => {
  const inside = new Set(drawn);
  return [...rowsOf(rows)].filter((row) => !inside.has(row));
};
const judgesOf = (drawn: readonly (readonly number[])[], rows: number): number[] =>
  [...rowsOf(rows)].map((row) => drawn.filter((own) => !own.includes(row)).length);

/** What is found by row against what scikit-learn has; rows that every member drew are in neither. */
function compare(
  members: readonly PredictedRows[],
  rule: "average" | "vote",
  drawn: readonly number[][],
  wanted: readonly (number | null)[],
  width: number,
) {
  const rows = members[0]?.rows ?? 0;
  const found = outOfBag(
    members.map((member, k) => pickRows(member, leftOf(drawn[k] ?? [], rows))),
    rule,
    members.map(() => "m"),
  );
  const judges = judgesOf(drawn, rows);
  const judged = [...rowsOf(rows)].filter((row) => (judges[row] as number) > 0);
  expect([...(found?.rows.rowIds ?? [])]).toEqual(judged);
  expect([...(found?.judges ?? [])]).toEqual(judged.map((row) => judges[row]));
  judged.forEach((row, place) => {
    for (let k = 0; k < width; k += 1)
      expect(Math.abs((found?.rows.predictions[place * width + k] as number) - (wanted[row * width + k] as number))).toBeLessThan(1e-6);
  });
  expect(Array.from(found?.rows.targets ?? [])).toEqual(judged.map((row) => members[0]?.targets[row]));
  return { judged };
}

describe.each(golden.classes)("out-of-bag answers of $count classes ($rule)", ({ count, rows, rule, target, drawn, members, shares }) => {
  it("are those of oob_decision_function_, each row by the members that did not draw it", () => {
    const two = count === 2;
    const own = members.map(
      (said): PredictedRows => ({
        ...base(rows),
        task: {
          kind: two ? "two_classes" : "classes",
          count,
          probabilities: true,
          threshold: 0.5,
          encoding: two ? "binary" : "class_index",
        },
        labels: Array.from({ length: count }, (_, k) => `c${k}`),
        predictions: two ? (said as number[]).filter((_, i) => i % 2 === 1) : (said as number[]),
        targets: target,
      }),
    );
    const wanted = two ? shares.filter((_, i) => i % 2 === 1) : shares;
    const { judged } = compare(own, rule as "average" | "vote", drawn, wanted, two ? 1 : count);
    expect(judged.length).toBeLessThan(rows);
  });
});

it("out-of-bag answers of numbers are those of oob_prediction_", () => {
  const { rows, target, drawn, members, said } = golden.numbers;
  const own = members.map(
    (predictions): PredictedRows => ({
      ...base(rows),
      task: { kind: "numbers", count: 1, probabilities: false, threshold: 0.5, encoding: "value" },
      labels: ["y"],
      predictions: predictions as number[],
      targets: target,
    }),
  );
  compare(own, "average", drawn, said, 1);
});

describe("a bag", () => {
  it("has as many rows as it is drawn from, and leaves out those it did not draw, as scikit-learn's samples", () => {
    for (const { rows, drawn } of golden.classes) for (const own of drawn) expect(own).toHaveLength(rows);
    const rows = Uint32Array.from({ length: 500 }, (_, k) => 3 * k + 1);
    const { drawn, left } = bagOf(rows, new Random(7, 2));
    expect(drawn).toHaveLength(500);
    expect([...drawn]).toEqual([...drawn].sort((a, b) => a - b));
    expect([...new Set([...drawn, ...left])].sort((a, b) => a - b)).toEqual([...rows]);
    expect(left.some((row) => drawn.includes(row))).toBe(false);
  });

  it("draws every row as often as any other, and leaves out the share (1 − 1/n)ⁿ of them", () => {
    const rows = rowsOf(40);
    const counts = new Float64Array(40);
    let left = 0;
    const draws = 2000;
    for (let bag = 0; bag < draws; bag += 1) {
      const found = bagOf(rows, new Random(11, bag));
      for (const row of found.drawn) counts[row] = (counts[row] as number) + 1;
      left += found.left.length;
    }
    // Five standard deviations of a count that is binomial with 80,000 draws of 1 in 40, and of the mean share.
    const spread = Math.sqrt(draws * 40 * (1 / 40) * (39 / 40));
    for (const count of counts) expect(Math.abs(count - draws)).toBeLessThan(5 * spread);
    expect(Math.abs(left / draws / 40 - (1 - 1 / 40) ** 40)).toBeLessThan(0.01);
  });
});
