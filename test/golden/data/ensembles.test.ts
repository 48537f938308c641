/** Ensembles against scikit-learn's voting and stacking over the same predictions; values by generate_ensembles.py. */
import { describe, expect, it } from "vitest";
import { combine, stack, stackCrossValidated, stackingWeights } from "../../../core/ensembles/combine.ts";
import { memberPairs } from "../../../core/ensembles/diversity.ts";
import { figuresOfRows, type PredictedRows, pickRows, saidClass } from "../../../core/train/predicted-rows.ts";
import golden from "./ensembles.json" with { type: "json" };

const base = (rows: number) => ({
  rows,
  weights: null,
  nodeId: "n",
  name: "out",
  rowIds: Uint32Array.from({ length: rows }, (_, row) => row),
});
const near = (found: ArrayLike<number>, wanted: readonly number[]): void => {
  expect(found).toHaveLength(wanted.length);
  const apart = wanted.map((value, i) => Math.abs(value - (found[i] as number)));
  expect(Math.max(...apart)).toBeLessThan(1e-6);
};
const halves = (members: readonly PredictedRows[], rows: number) => {
  const places = Array.from({ length: rows }, (_, row) => row);
  const cut = (own: readonly number[]) => members.map((member) => pickRows(member, own));
  return { learnt: cut(places.slice(0, rows / 2)), asked: cut(places.slice(rows / 2)) };
};

describe.each(golden.classes)("of $count classes", ({ count, rows, target, members, soft, hard, stacking }) => {
  const two = count === 2;
  const own = members.map(
    (shares): PredictedRows => ({
      ...base(rows),
      task: { kind: two ? "two_classes" : "classes", count, probabilities: true, threshold: 0.5, encoding: two ? "binary" : "class_index" },
      labels: Array.from({ length: count }, (_, k) => `c${k}`),
      // Of two classes a network says the share of the second.
      predictions: two ? shares.filter((_, i) => i % 2 === 1) : shares,
      targets: target,
    }),
  );
  const sharesOf = ({ predictions }: PredictedRows): number[] =>
    two ? Array.from(predictions).flatMap((yes) => [1 - yes, yes]) : Array.from(predictions);

  it("the mean of the shares is soft voting", () => {
    const found = combine(own, "average");
    near(sharesOf(found), soft.shares);
    const figures = figuresOfRows(found);
    expect(figures["accuracy"]).toBeCloseTo(soft.accuracy, 6);
    expect(figures["log_loss"]).toBeCloseTo(soft.log_loss, 6);
  });

  it("the answer of most is hard voting, ties included", () => {
    const found = combine(own, "vote");
    expect(target.map((_, row) => saidClass(found, row))).toEqual(hard.said);
    expect(figuresOfRows(found)["accuracy"]).toBeCloseTo(hard.accuracy, 6);
  });

  // Of two classes scikit-learn gives the final estimator one column a member, as here.
  it("stacking is logistic regression over the members' shares", () => {
    const { learnt, asked } = halves(own, rows);
    const found = stack(learnt, asked);
    near(sharesOf(found), stacking.shares);
    const figures = figuresOfRows(found);
    expect(figures["accuracy"]).toBeCloseTo(stacking.accuracy, 6);
    expect(figures["log_loss"]).toBeCloseTo(stacking.log_loss, 6);
  });

  it("stacking answers for the rows it learns from by what it learnt from others", () => {
    const found = stackCrossValidated(own);
    const places = Array.from({ length: rows }, (_, row) => row);
    const others = own.map((member) =>
      pickRows(
        member,
        places.filter((row) => row % 5 !== 3),
      ),
    );
    const alone = stack(
      others,
      own.map((member) => pickRows(member, [13])),
    );
    near(sharesOf(pickRows(found, [13])), sharesOf(alone));
  });
});

describe("of numbers", () => {
  const { rows, target, members, average, stacking, correlation } = golden.numbers;
  const own = members.map(
    (predictions): PredictedRows => ({
      ...base(rows),
      task: { kind: "numbers", count: 1, probabilities: false, threshold: 0.5, encoding: "value" },
      labels: ["y"],
      predictions,
      targets: target,
    }),
  );
  it("the mean is VotingRegressor's, stacking that of least squares", () => {
    const mean = combine(own, "average");
    near(mean.predictions, average.said);
    expect(figuresOfRows(mean)["mae"]).toBeCloseTo(average.mae, 6);
    const { learnt, asked } = halves(own, rows);
    const stacked = stack(learnt, asked);
    near(stacked.predictions, stacking.said);
    expect(figuresOfRows(stacked)["rmse"]).toBeCloseTo(stacking.rmse, 6);
    // What its members are multiplied by: between two rows nothing else changes what scikit-learn says.
    const { shares, coefficients } = stackingWeights(learnt);
    const [by] = coefficients ?? [];
    const change = (k: number): number =>
      asked.reduce(
        (sum, { predictions }, m) => sum + (by?.[m] ?? Number.NaN) * ((predictions[k] as number) - (predictions[0] as number)),
        0,
      );
    near(
      stacking.said.map((_, k) => change(k)),
      stacking.said.map((said) => said - (stacking.said[0] as number)),
    );
    expect(shares.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  });
  it("there is no vote, and how much two members err together is numpy's correlation", () => {
    expect(() => combine(own, "vote")).toThrow("ensemble.vote_needs_classes");
    expect(memberPairs(own)).toHaveLength(3);
    expect(memberPairs(own)[0]?.correlation).toBeCloseTo(correlation, 9);
  });
});
