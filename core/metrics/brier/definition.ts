import type { MetricDefinition } from "../metric.ts";

export default {
  name: "brier",
  texts: {
    en: { label: "Brier score", summary: "Mean squared difference between the predicted probabilities and what came true." },
    zh: { label: "Brier 分数", summary: "预测概率与实际结果之差的均方。" },
  },
  figures: {
    brier_score: { en: "Brier score", zh: "Brier 分数" },
  },
  better: "lower",
  rank: 40,
  appliesTo: ({ kind, probabilities }) => probabilities && kind !== "numbers",
  eachEpoch: () => [],
  fullSums: true,
  source: "metrics.brier_score_loss",
} satisfies MetricDefinition;
