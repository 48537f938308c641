/** Precision–recall curve, and average precision Σ (R_n − R_{n−1}) · P_n. */
import type { MetricCurve, MetricImplementation } from "../metric.ts";
import { meanAreas, ofEachClass, type ThresholdCounts, thinned } from "../threshold-counts.ts";

/** 0 when there is no yes, as scikit-learn says. */
function averagePrecision({ falseYes, trueYes }: ThresholdCounts): number {
  const all = trueYes.at(-1) ?? 0;
  if (all === 0) return 0;
  let [sum, before] = [0, 0];
  trueYes.forEach((yes, i) => {
    sum += ((yes - before) * yes) / (yes + (falseYes[i] as number));
    before = yes;
  });
  return sum / all;
}

/** From the highest threshold, where nothing is yes (recall 0, precision 1), to the lowest, where all is. */
function curveOf(counts: ThresholdCounts, classIndex: number): MetricCurve {
  const { thresholds, falseYes, trueYes } = counts;
  const points = thinned(thresholds.length);
  const all = trueYes.at(-1) ?? 0;
  return {
    kind: "precision_recall",
    classIndex,
    x: [0, ...points.map((i) => (all === 0 ? 1 : (trueYes[i] as number) / all))],
    y: [1, ...points.map((i) => (trueYes[i] as number) / ((trueYes[i] as number) + (falseYes[i] as number)))],
    thresholds: [null, ...points.map((i) => thresholds[i] as number)],
    area: averagePrecision(counts),
  };
}

export default {
  whole: (task, rows) => {
    const classes = ofEachClass(task, rows, (counts) => ({ area: averagePrecision(counts), share: counts.trueYes.at(-1) ?? 0 }));
    if (task.kind === "two_classes") return { average_precision: classes[0]?.area ?? Number.NaN };
    const { macro, weighted } = meanAreas(classes);
    return { average_precision_macro: macro, average_precision_weighted: weighted };
  },
  details: (task, rows) => {
    const curves = ofEachClass(task, rows, curveOf);
    return { curves, ...(task.kind === "two_classes" ? {} : { perClass: { average_precision: curves.map(({ area }) => area) } }) };
  },
} satisfies MetricImplementation;
