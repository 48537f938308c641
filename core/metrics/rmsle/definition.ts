import type { MetricDefinition } from "../metric.ts";

export default {
  name: "rmsle",
  texts: {
    en: {
      label: "Root mean squared logarithmic error",
      summary: "The root mean squared error of log(1 + y): it compares ratios; not defined when a number is negative.",
    },
    zh: { label: "均方根对数误差", summary: "log(1 + y) 的均方根误差：比较的是比例；有负数时无定义。" },
  },
  figures: {
    rmsle: { en: "Root mean squared logarithmic error", zh: "均方根对数误差" },
  },
  better: "lower",
  rank: 53,
  appliesTo: ({ kind }) => kind === "numbers",
  eachEpoch: ({ kind, logarithmic }) => (kind === "numbers" && logarithmic === true ? ["rmsle"] : []),
  fullSums: true,
  source: "metrics.root_mean_squared_log_error",
} satisfies MetricDefinition;
