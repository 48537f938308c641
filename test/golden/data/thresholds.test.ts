/** Figures at thresholds that were chosen, against scikit-learn's of the same answers; values by generate_thresholds.py. */
import { describe, expect, it } from "vitest";
import type { MetricTask } from "../../../core/metrics/metric.ts";
import { evaluateRows } from "../../../core/train/evaluation.ts";
import golden from "./thresholds.json" with { type: "json" };

const near = (found: number | null | undefined, wanted: number): void =>
  expect(Math.abs((found ?? Number.NaN) - wanted)).toBeLessThan(1e-6);

describe.each(golden.labels)(
  "of $thresholds.length labels, one threshold each",
  ({ rows, thresholds, predictions, targets, figures, each }) => {
    const count = thresholds.length;
    const task: MetricTask = {
      kind: "labels",
      count,
      probabilities: true,
      threshold: 0.5,
      encoding: "multi_binary",
      labelThresholds: thresholds,
    };
    const labels = Array.from({ length: count }, (_, k) => `l${k}`);
    const found = evaluateRows(task, { rows, predictions, targets, weights: null }, labels);

    it("has scikit-learn's figures", () => {
      for (const [name, wanted] of Object.entries(figures)) near(found.figures[name], wanted);
      expect(found.label_thresholds).toEqual(thresholds);
    });
    it("has scikit-learn's figures of each label", () => {
      for (const [name, values] of Object.entries(each)) values.forEach((wanted, k) => void near(found.classes[k]?.figures[name], wanted));
    });
    it("is not what one half for all says", () => {
      const { labelThresholds: _own, ...plain } = task;
      expect(evaluateRows(plain, { rows, predictions, targets, weights: null }, labels).figures["accuracy"]).not.toBe(
        found.figures["accuracy"],
      );
    });
  },
);

describe.each(golden.two_classes)(
  "of a softmax over two classes, the second above $threshold",
  ({ rows, threshold, predictions, targets, figures, confusion }) => {
    const task: MetricTask = {
      kind: "classes",
      count: 2,
      probabilities: true,
      threshold: 0.5,
      encoding: "class_index",
      secondAbove: threshold,
    };
    const found = evaluateRows(task, { rows, predictions, targets, weights: null }, ["no", "yes"]);

    it("has scikit-learn's figures and confusion matrix", () => {
      for (const [name, wanted] of Object.entries(figures)) near(found.figures[name], wanted);
      expect(found.confusion).toEqual(confusion);
      expect(found.threshold).toBe(threshold);
    });
  },
);
