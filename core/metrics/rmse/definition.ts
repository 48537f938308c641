import type { MetricDefinition } from "../metric.ts";

export default {
  name: "rmse",
  texts: {
    en: { label: "Root mean squared error", summary: "Root of the mean of (prediction − target)²: large errors count more." },
    zh: { label: "均方根误差", summary: "（预测 − 目标）² 平均值的平方根：大误差的影响更大。" },
  },
  figures: {
    rmse: { en: "Root mean squared error", zh: "均方根误差" },
  },
  better: "lower",
  rank: 51,
  appliesTo: ({ kind }) => kind === "numbers",
  eachEpoch: ({ kind }) => (kind === "numbers" ? ["rmse"] : []),
  source: "metrics.root_mean_squared_error",
} satisfies MetricDefinition;
