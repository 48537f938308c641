import type { MetricDefinition } from "../metric.ts";

export default {
  name: "top_k_accuracy",
  texts: {
    en: { label: "Top-5 accuracy", summary: "Share of the rows whose class is among the five with the highest scores." },
    zh: { label: "前 5 准确率", summary: "正确类别位于得分最高的五个类别之中的行所占比例。" },
  },
  figures: {
    top_5_accuracy: { en: "Top-5 accuracy", zh: "前 5 准确率" },
  },
  better: "higher",
  rank: 11,
  appliesTo: ({ kind, count }) => kind === "classes" && count > 5,
  eachEpoch: ({ kind, count }) => (kind === "classes" && count > 10 ? ["top_5_accuracy"] : []),
  source: "metrics.top_k_accuracy_score, k=5",
} satisfies MetricDefinition;
