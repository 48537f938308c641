/** Slices, their figures and the tests of their differences against pandas, scikit-learn and scipy; values by generate_slices.py. */
import { describe, expect, it } from "vitest";
import { compareSlices } from "../../../core/insight/slices/compare-slices.ts";
import { binOf, cutByNumbers, cutByWords, MOST_SLICES, quantileEdges } from "../../../core/insight/slices/cut.ts";
import { residualBands, spreadPlaces, summariseResiduals } from "../../../core/insight/slices/residuals.ts";
import { fisherTest, holm, mcnemarTest } from "../../../core/insight/statistics/exact-tests.ts";
import type { MetricTask } from "../../../core/metrics/metric.ts";
import { errorsOfRows, figuresOfRows, type PredictedRows, pickRows } from "../../../core/train/predicted-rows.ts";
import golden from "./slices.json" with { type: "json" };

describe("quantiles", () => {
  it.each(golden.cuts)("of $name values in $bins parts are those of pandas.qcut", ({ values, bins, edges, codes }) => {
    const found = quantileEdges(
      [...values].sort((a, b) => a - b),
      bins,
    );
    expect(found).toHaveLength(edges.length);
    found.forEach((edge, k) => expect(edge).toBeCloseTo(edges[k] as number, 10));
    expect(values.map((value) => binOf(found, value))).toEqual(codes);
  });
});

const { column, target, scores, truth, guess, slices } = golden.sliced;
const base = { rows: column.length, weights: null, nodeId: "n", name: "out", rowIds: Uint32Array.from(column, (_, row) => row) };
const classes: PredictedRows = {
  ...base,
  task: { kind: "classes", count: 3, probabilities: true, threshold: 0.5, encoding: "class_index" } satisfies MetricTask,
  labels: ["a", "b", "c"],
  predictions: scores,
  targets: target,
};
const numbers: PredictedRows = {
  ...base,
  task: { kind: "numbers", count: 1, probabilities: false, threshold: 0.5, encoding: "value" } satisfies MetricTask,
  labels: ["y"],
  predictions: guess,
  targets: truth,
};
type Name = keyof typeof slices;
const wanted = (key: { readonly kind: string; readonly value?: string | number }) => slices[String(key.value) as Name];

describe("slices by words", () => {
  it("have scikit-learn's figures of their rows, the worst first, and Fisher's test against the rest", () => {
    const found = compareSlices(cutByWords(column), errorsOfRows(classes));
    expect(found.map(({ key }) => key.kind === "value" && key.value)).toEqual(["east", "north", "south"].sort(byAccuracy));
    for (const { key, places, mean, p } of found) {
      const one = wanted(key);
      const figures = figuresOfRows(pickRows(classes, places));
      expect(places).toHaveLength(one.rows);
      expect(mean).toBeCloseTo(1 - one.accuracy, 12);
      expect(figures["accuracy"]).toBeCloseTo(one.accuracy, 6);
      expect(figures["f1_macro"] ?? figures["f1"]).toBeCloseTo(one.f1_macro, 6);
      expect(p).toBeCloseTo(one.p_wrong, 9);
    }
  });

  it("of numbers have the errors of scikit-learn and Welch's test against the rest", () => {
    const found = compareSlices(cutByWords(column), errorsOfRows(numbers));
    expect(found[0]?.key).toEqual({ kind: "value", value: "south" });
    for (const { key, places, mean, p } of found) {
      const one = wanted(key);
      const figures = figuresOfRows(pickRows(numbers, places));
      expect(mean).toBeCloseTo(one.mae, 9);
      expect(figures["mae"]).toBeCloseTo(one.mae, 6);
      expect(figures["rmse"]).toBeCloseTo(one.rmse, 6);
      expect(p).toBeCloseTo(one.p_error, 9);
    }
  });

  const byAccuracy = (a: string, b: string): number => slices[a as Name].accuracy - slices[b as Name].accuracy;
});

describe("exact tests", () => {
  it.each(golden.exact.fisher)("Fisher's of %i of %i against %i of %i is scipy's", (a = 0, n = 0, b = 0, m = 0, p = 0) => {
    expect(Math.abs(fisherTest(a, n, b, m) - p)).toBeLessThan(1e-8 * Math.max(1, p) + 1e-6 * p);
  });
  it.each(golden.exact.mcnemar)("McNemar's of %i against %i is scipy's binomial test", (b = 0, c = 0, p = 0) => {
    expect(mcnemarTest(b, c)).toBeCloseTo(p, 8);
  });
  it("are corrected for how many there are, never past one another", () => {
    expect(holm([0.01, 0.04, 0.03])).toEqual([0.03, 0.06, 0.06]);
    expect(holm([0.9, 0.8])).toEqual([1, 1]);
  });
});

describe("cuts", () => {
  it("keep missing values and what is left over apart, and lose no row", () => {
    const words = Array.from({ length: 400 }, (_, row) => (row % 7 === 0 ? null : `w${row % 60}`));
    const cut = cutByWords(words);
    expect(cut.flatMap(({ places }) => places).sort((a, b) => a - b)).toEqual(words.map((_, row) => row));
    expect(cut.map(({ key }) => key.kind)).toEqual([...new Array(MOST_SLICES - 1).fill("value"), "others", "missing"]);
    const numbersCut = cutByNumbers([Number.NaN, ...Array.from({ length: 100 }, (_, k) => k)], 4);
    expect(numbersCut.map(({ places }) => places.length)).toEqual([25, 25, 25, 25, 1]);
    expect(numbersCut.at(-1)?.key).toEqual({ kind: "missing" });
  });
  it("take few different numbers one by one", () => {
    expect(cutByNumbers([1, 2, 2, 1, 3, 3, 3], 5).map(({ key, places }) => [key.kind === "value" && key.value, places.length])).toEqual([
      [3, 3],
      [1, 2],
      [2, 2],
    ]);
  });
});

describe("residuals", () => {
  it("are summed up by mean, deviation, quantiles and a histogram that holds every row", () => {
    const residuals = Array.from({ length: 101 }, (_, k) => k - 50);
    const found = summariseResiduals(residuals);
    expect(found).toMatchObject({ rows: 101, mean: 0, quantiles: [-45, -25, 0, 25, 45] });
    expect(found.deviation).toBeCloseTo(Math.sqrt((101 * 102) / 12), 9);
    expect(found.histogram.reduce((sum, { rows }) => sum + rows, 0)).toBe(101);
    expect([found.histogram[0]?.from, found.histogram.at(-1)?.to]).toEqual([-50, 50]);
    expect(summariseResiduals([2, 2]).histogram).toEqual([{ from: 2, to: 2, rows: 2 }]);
  });
  it("in bands of as many rows show where they lean", () => {
    const x = Array.from({ length: 100 }, (_, k) => k);
    const bands = residualBands(
      x,
      x.map((value) => (value < 50 ? -1 : 1)),
      4,
    );
    expect(bands.map(({ rows, mean }) => [rows, mean])).toEqual([
      [25, -1],
      [25, -1],
      [25, 1],
      [25, 1],
    ]);
    expect(residualBands([5, 5], [1, 3], 4)).toMatchObject([{ from: 5, to: 5, rows: 2, mean: 2 }]);
    expect(spreadPlaces(1000, 4)).toEqual([125, 375, 625, 875]);
  });
});
