import type { MetricDefinition } from "../metric.ts";

export default {
  name: "confusion_matrix",
  texts: {
    en: { label: "Confusion matrix", summary: "How many rows of each class were predicted to be which." },
    zh: { label: "混淆矩阵", summary: "每个类别的行分别被预测成了哪一类。" },
  },
  figures: {},
  better: "higher",
  rank: 90,
  appliesTo: ({ kind }) => kind === "two_classes" || kind === "classes",
  eachEpoch: () => [],
  wholeOnly: true,
  source: "metrics.confusion_matrix",
} satisfies MetricDefinition;
