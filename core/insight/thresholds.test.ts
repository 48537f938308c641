/** Thresholds against rows counted one by one. */
import { expect, it } from "vitest";
import { evaluateRows } from "../train/evaluation.ts";
import { bestPoint, costOf, keptThreshold, pointAt, RATE_NAMES, RATES, thresholdPoints } from "./thresholds.ts";

const scores = [0.1, 0.4, 0.35, 0.8, 0.65, 0.2, 0.9, 0.55, 0.3, 0.7];
const truth = [0, 0, 1, 1, 0, 0, 1, 1, 0, 1];
const evaluated = evaluateRows(
  { kind: "two_classes", count: 2, probabilities: true, threshold: 0.5, encoding: "binary" },
  { rows: scores.length, predictions: scores, targets: truth, weights: null },
  ["no", "yes"],
);
const roc = evaluated.curves.find(({ kind }) => kind === "roc");
const points = thresholdPoints(roc ?? { x: [], y: [], thresholds: [] }, 5, 5);

const counted = (threshold: number) => {
  const count = (is: number, above: boolean): number => scores.filter((score, i) => truth[i] === is && score >= threshold === above).length;
  return { truePositives: count(1, true), falsePositives: count(0, true), trueNegatives: count(0, false), falseNegatives: count(1, false) };
};

it("counts at each threshold what is right and wrong", () => {
  expect(points.length).toBeGreaterThan(4);
  for (const { threshold, ...counts } of points) {
    const expected = counted(threshold ?? Number.POSITIVE_INFINITY);
    for (const [name, value] of Object.entries(expected)) expect(counts[name as keyof typeof counts]).toBeCloseTo(value, 10);
  }
});

it("finds the least cost, the best accuracy and F1 of all thresholds, not only of those where the curve turns", () => {
  const candidates = [...scores, Number.POSITIVE_INFINITY].map((threshold) => ({ threshold, ...counted(threshold) }));
  const best = (worth: (point: (typeof candidates)[number]) => number): number =>
    Math.max(...candidates.map(worth).filter(Number.isFinite));
  const at = (place: number) => points[place] as (typeof points)[number];
  const costs = { falsePositive: 1, falseNegative: 4 };
  expect(costOf(at(bestPoint(points, { kind: "cost", costs })), costs)).toBeCloseTo(-best((point) => -costOf(point, costs)), 10);
  expect(RATES.accuracy(at(bestPoint(points, { kind: "accuracy" })))).toBeCloseTo(best(RATES.accuracy), 10);
  expect(RATES.f1(at(bestPoint(points, { kind: "f1" })))).toBeCloseTo(best(RATES.f1), 10);
});

it("keeps a wanted recall with the fewest false alarms, and a wanted precision with the most found", () => {
  const recall = points[bestPoint(points, { kind: "recall", least: 0.8 })];
  expect(recall).toMatchObject({ truePositives: 4, falsePositives: 1 });
  const precision = points[bestPoint(points, { kind: "precision", least: 0.99 })];
  expect(precision).toMatchObject({ truePositives: 3, falsePositives: 0 });
  expect(bestPoint(points, { kind: "precision", least: 1.1 })).toBe(-1);
});

it("gives every rate between 0 and 1, or NaN where nothing is divided", () => {
  for (const name of RATE_NAMES)
    for (const point of points) {
      const value = RATES[name](point);
      expect(Number.isNaN(value) || (value >= 0 && value <= 1), `${name} at ${point.threshold}: ${value}`).toBe(true);
    }
});

it("keeps what counts the same float32 scores as yes, whatever the score, and finds the point again", () => {
  for (const score of [1, 0.7, 0.1, 1e-30, 0, -0.3].map(Math.fround)) {
    const kept = keptThreshold({ threshold: score, truePositives: 0, falsePositives: 0, trueNegatives: 0, falseNegatives: 0 });
    expect(kept).toBeLessThan(score);
    expect(Math.fround(kept)).toBe(kept);
    // Nothing lies between.
    expect(Math.fround(kept / 2 + score / 2)).toSatisfy((between: number) => between === kept || between === score);
  }
  points.forEach((point, place) => expect(pointAt(points, keptThreshold(point))).toBe(place));
});
