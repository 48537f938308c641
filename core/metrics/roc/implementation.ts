/** ROC curve and the area under it by the trapezoid rule, which counts a tie as half. */
import type { MetricCurve, MetricImplementation } from "../metric.ts";
import { cornersOf, meanAreas, ofEachClass, type ThresholdCounts, thinned } from "../threshold-counts.ts";

/** NaN when yes or no is missing. */
function areaUnder({ falseYes, trueYes }: ThresholdCounts): number {
  let [area, no, yes] = [0, 0, 0];
  falseYes.forEach((nextNo, i) => {
    const nextYes = trueYes[i] as number;
    area += ((nextNo - no) * (nextYes + yes)) / 2;
    [no, yes] = [nextNo, nextYes];
  });
  return area / (no * yes);
}

/** Points where the curve turns: those between, on one line, are left out, as scikit-learn does. */
function turningPoints({ falseYes, trueYes }: ThresholdCounts): number[] {
  const last = falseYes.length - 1;
  const bends = (list: Float64Array, i: number): boolean =>
    (list[i + 1] as number) - 2 * (list[i] as number) + (list[i - 1] as number) !== 0;
  return Array.from(falseYes, (_, i) => i).filter((i) => i === 0 || i === last || bends(falseYes, i) || bends(trueYes, i));
}

function curveOf(counts: ThresholdCounts, classIndex: number): MetricCurve {
  const { thresholds, falseYes, trueYes } = counts;
  const turning = turningPoints(counts);
  const points = thinned(turning.length).map((i) => turning[i] as number);
  const kept = new Set(points);
  const [no, yes] = [falseYes.at(-1) as number, trueYes.at(-1) as number];
  return {
    kind: "roc",
    classIndex,
    x: [0, ...points.map((i) => (falseYes[i] as number) / no)],
    y: [0, ...points.map((i) => (trueYes[i] as number) / yes)],
    thresholds: [null, ...points.map((i) => thresholds[i] as number)],
    area: areaUnder(counts),
    exact: cornersOf(counts).every((i) => kept.has(i)),
  };
}

export default {
  whole: (task, rows) => {
    const classes = ofEachClass(task, rows, (counts) => ({ area: areaUnder(counts), share: counts.trueYes.at(-1) ?? 0 }));
    if (task.kind === "two_classes") return { auc: classes[0]?.area ?? Number.NaN };
    const { macro, weighted } = meanAreas(classes);
    return { auc_macro: macro, auc_weighted: weighted };
  },
  details: (task, rows) => {
    const found = ofEachClass(task, rows, (counts, index) => (counts.thresholds.length === 0 ? null : curveOf(counts, index)));
    const curves = found.filter((curve) => curve !== null);
    return { curves, ...(task.kind === "two_classes" ? {} : { perClass: { auc: curves.map(({ area }) => area) } }) };
  },
} satisfies MetricImplementation;
