import type { MetricDefinition } from "../metric.ts";

export default {
  name: "perplexity",
  texts: {
    en: { label: "Perplexity", summary: "e to the log loss: among how many equally likely classes the network hesitates." },
    zh: { label: "困惑度", summary: "e 的对数损失次幂：相当于网络在多少个等可能的类别间犹豫。" },
  },
  figures: {
    perplexity: { en: "Perplexity", zh: "困惑度" },
  },
  better: "lower",
  rank: 43,
  appliesTo: ({ kind, probabilities }) => probabilities && kind === "classes",
  eachEpoch: () => [],
  fullSums: true,
  source: "exp of metrics.log_loss",
} satisfies MetricDefinition;
