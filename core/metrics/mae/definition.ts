import type { MetricDefinition } from "../metric.ts";

export default {
  name: "mae",
  texts: {
    en: { label: "Mean absolute error", summary: "Mean of |prediction − target|, in the target's own units." },
    zh: { label: "平均绝对误差", summary: "|预测 − 目标| 的平均值，单位与目标相同。" },
  },
  figures: {
    mae: { en: "Mean absolute error", zh: "平均绝对误差" },
  },
  better: "lower",
  rank: 50,
  appliesTo: ({ kind }) => kind === "numbers",
  eachEpoch: ({ kind }) => (kind === "numbers" ? ["mae"] : []),
  source: "metrics.mean_absolute_error",
} satisfies MetricDefinition;
