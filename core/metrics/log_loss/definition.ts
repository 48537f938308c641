import type { MetricDefinition } from "../metric.ts";

export default {
  name: "log_loss",
  texts: {
    en: { label: "Log loss", summary: "Mean of −log of the probability given to what came true." },
    zh: { label: "对数损失", summary: "对实际结果所给概率的 −log 的平均值。" },
  },
  figures: {
    log_loss: { en: "Log loss", zh: "对数损失" },
  },
  better: "lower",
  rank: 42,
  appliesTo: ({ kind, probabilities }) => probabilities && (kind === "two_classes" || kind === "classes"),
  eachEpoch: () => [],
  fullSums: true,
  source: "metrics.log_loss",
} satisfies MetricDefinition;
