import { describe, expect, it } from "vitest";
import { enginePath, readGolden } from "../../test/golden/engine/golden-file.ts";
import { ACCURACY, AUC, MAE, type MetricsCase, metricsJobs, R2, RMSE } from "../../test/golden/engine/metrics.ts";
import { hashOf } from "../spec/hash.ts";
import { accumulatorFor, areaUnderRoc, largest, type MetricInput } from "./metric.ts";

const golden = readGolden<MetricsCase>(enginePath("metrics"));
const named = (name: string): MetricsCase => {
  const found = golden.cases.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no golden values of ${name}`);
  return found;
};

/** scikit-learn and we compute the same sums in another order, in double precision; the file has 12 digits. */
const DIGITS = 10;

const figures = (encoding: Parameters<typeof accumulatorFor>[0], ...inputs: MetricInput[]): Record<string, number> => {
  const accumulator = accumulatorFor(encoding);
  for (const input of inputs) accumulator.add(input);
  return accumulator.values();
};

describe("metrics against scikit-learn", () => {
  it("have golden values of what is asked now", () => {
    expect(golden.description_hash, "run npm run golden").toBe(hashOf(metricsJobs()));
  });

  it("gives the area under the ROC curve of scores with many ties", () => {
    const { scores, targets, result } = named("two classes, scores with ties");
    expect(new Set(scores).size).toBeLessThan(10);
    expect(areaUnderRoc(scores, targets)).toBeCloseTo(result[AUC] ?? Number.NaN, DIGITS);
  });

  it("gives the accuracy of two classes", () => {
    const { scores, targets, result } = named("two classes, scores with ties");
    expect(figures("binary", { predictions: scores, targets, rows: scores.length, width: 1 })).toEqual({ accuracy: result[ACCURACY] });
  });

  it("gives errors and R² of large numbers that differ little, without losing digits", () => {
    const { scores, targets, result } = named("large numbers that differ little");
    const { mae, rmse, r2 } = figures("value", { predictions: scores, targets, rows: scores.length, width: 1 });
    expect(mae).toBeCloseTo(result[MAE] ?? Number.NaN, DIGITS);
    expect(rmse).toBeCloseTo(result[RMSE] ?? Number.NaN, DIGITS);
    // The sum of squares of 900,000s to the digits of their differences: one less.
    expect(r2).toBeCloseTo(result[R2] ?? Number.NaN, DIGITS - 1);
  });
});

describe("metrics by hand", () => {
  it("counts a row as right when its largest prediction is at the class", () => {
    const predictions = [0.1, 0.7, 0.2, 0.5, 0.2, 0.3, 0.2, 0.3, 0.5];
    expect(figures("class_index", { predictions, targets: [1, 2, 2], rows: 3, width: 3 })).toEqual({ accuracy: 2 / 3 });
    expect(figures("one_hot", { predictions, targets: [0, 1, 0, 0, 0, 1, 0, 0, 1], rows: 3, width: 3 })).toEqual({ accuracy: 2 / 3 });
  });

  it("takes the first of several largest", () => {
    expect(largest([0, 3, 3, 1], 0, 4)).toBe(1);
    expect(largest([9, 9, 2, 5, 5], 2, 3)).toBe(1);
  });

  it("counts every answer of several yes-or-no targets", () => {
    expect(figures("multi_binary", { predictions: [0.9, 0.2, 0.4, 0.6], targets: [1, 1, 0, 1], rows: 2, width: 2 })).toEqual({
      accuracy: 0.75,
    });
  });

  it("takes exactly one half for a no, as Keras does", () => {
    expect(figures("binary", { predictions: [0.5], targets: [0], rows: 1, width: 1 })).toEqual({ accuracy: 1 });
  });

  it("parts signed scores at zero", () => {
    expect(figures("sign", { predictions: [-0.2, 3, 0.1], targets: [-1, 1, -1], rows: 3, width: 1 })).toEqual({ accuracy: 2 / 3 });
  });

  it("gives the same figures for one batch and for many, with the rows beyond `rows` left alone", () => {
    const whole = figures("value", { predictions: [1, 2, 3, 4], targets: [2, 2, 5, 3], rows: 4, width: 1 });
    const parts = figures(
      "value",
      { predictions: [1, 2, 99], targets: [2, 2, 0], rows: 2, width: 1 },
      { predictions: [3, 4], targets: [5, 3], rows: 2, width: 1 },
    );
    expect(parts).toEqual(whole);
    expect(whole["mae"]).toBe(1);
    expect(whole["rmse"]).toBeCloseTo(Math.sqrt(6 / 4), 12);
    // Targets 2, 2, 5, 3 have mean 3 and squared deviations 1 + 1 + 4 + 0.
    expect(whole["r2"]).toBeCloseTo(0, 12);
  });

  it.each(["value", "class_index", "one_hot", "binary", "multi_binary", "sign"] as const)("goes on from what was saved: %s", (encoding) => {
    const first = { predictions: [0.3, 0.9, 0.8, 0.1], targets: encoding === "class_index" ? [1, 1] : [0, 1, 0, 1], rows: 2, width: 2 };
    const second = { predictions: [0.6, 0.7, 0.2, 0.9], targets: encoding === "class_index" ? [0, 1] : [1, 0, 0, 1], rows: 2, width: 2 };
    const before = accumulatorFor(encoding);
    before.add(first);
    const after = accumulatorFor(encoding);
    after.restore(JSON.parse(JSON.stringify(before.save())) as number[]);
    after.add(second);
    expect(after.values()).toEqual(figures(encoding, first, second));
  });
});

describe("area under the ROC curve by hand", () => {
  it("is 1 when every positive is above every negative, 0 the other way round", () => {
    expect(areaUnderRoc([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1])).toBe(1);
    expect(areaUnderRoc([0.1, 0.2, 0.8, 0.9], [1, 1, 0, 0])).toBe(0);
  });

  it("counts a tie as half", () => {
    expect(areaUnderRoc([0.5, 0.5], [0, 1])).toBe(0.5);
    // Pairs: (0.5, 0.5) half, (0.5, 0.2) one, (0.9, 0.5) one, (0.9, 0.2) one.
    expect(areaUnderRoc([0.5, 0.9, 0.5, 0.2], [1, 1, 0, 0])).toBe(3.5 / 4);
  });

  it("is not a number when a class is missing", () => {
    expect(areaUnderRoc([0.1, 0.2], [1, 1])).toBeNaN();
    expect(areaUnderRoc([0.1, 0.2], [0, 0])).toBeNaN();
  });

  it("parts −1 and +1 at the threshold of zero", () => {
    expect(areaUnderRoc([-2, 3], [-1, 1], 0)).toBe(1);
  });
});
