import type { MetricDefinition } from "../metric.ts";

export default {
  name: "calibration",
  texts: {
    en: {
      label: "Calibration",
      summary:
        "Whether what is predicted with 80 % happens in 80 % of the cases: ten bins of probability and, over them, the mean difference.",
    },
    zh: { label: "校准", summary: "预测为 80% 的情形是否真有 80% 发生：将概率分为十档，并给出各档差值的加权平均。" },
  },
  figures: {
    expected_calibration_error: { en: "Expected calibration error", zh: "期望校准误差" },
  },
  better: "lower",
  rank: 41,
  appliesTo: ({ kind, probabilities }) => probabilities && (kind === "two_classes" || kind === "classes"),
  eachEpoch: () => [],
  wholeOnly: true,
  source: "calibration.calibration_curve(strategy='uniform', n_bins=10)",
} satisfies MetricDefinition;
