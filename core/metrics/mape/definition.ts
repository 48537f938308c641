import type { MetricDefinition } from "../metric.ts";

export default {
  name: "mape",
  texts: {
    en: { label: "Mean absolute percentage error", summary: "Mean of |prediction − target| / |target|, as a share: 0.1 is 10 %." },
    zh: { label: "平均绝对百分比误差", summary: "|预测 − 目标| / |目标| 的平均值，以比例表示：0.1 即 10%。" },
  },
  figures: {
    mape: { en: "Mean absolute percentage error", zh: "平均绝对百分比误差" },
  },
  better: "lower",
  rank: 54,
  appliesTo: ({ kind }) => kind === "numbers",
  eachEpoch: () => [],
  fullSums: true,
  source: "metrics.mean_absolute_percentage_error",
} satisfies MetricDefinition;
