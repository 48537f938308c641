import type { MetricDefinition } from "../metric.ts";

export default {
  name: "r2",
  texts: {
    en: { label: "R²", summary: "Share of the target's variance that the predictions explain: 1 is perfect, 0 no better than the mean." },
    zh: { label: "R²", summary: "预测所解释的目标方差比例：1 为完美，0 与直接取平均值无异。" },
  },
  figures: {
    r2: { en: "R²", zh: "R²" },
  },
  better: "higher",
  rank: 52,
  appliesTo: ({ kind }) => kind === "numbers",
  eachEpoch: ({ kind }) => (kind === "numbers" ? ["r2"] : []),
  source: "metrics.r2_score",
} satisfies MetricDefinition;
