import type { MetricDefinition } from "../metric.ts";

export default {
  name: "accuracy",
  texts: {
    en: { label: "Accuracy", summary: "Share of the rows that are predicted rightly; of several yes-or-no answers, share of all answers." },
    zh: { label: "准确率", summary: "预测正确的行所占比例；有多个是/否答案时，为全部答案中正确的比例。" },
  },
  figures: {
    accuracy: { en: "Accuracy", zh: "准确率" },
    exact_match: { en: "Rows with every answer right", zh: "全部答案正确的行" },
  },
  better: "higher",
  rank: 10,
  appliesTo: ({ kind }) => kind !== "numbers",
  has: ({ kind }) => (kind === "labels" ? ["accuracy", "exact_match"] : ["accuracy"]),
  eachEpoch: ({ kind }) => (kind === "numbers" ? [] : ["accuracy"]),
  source: "metrics.accuracy_score; of labels 1 − metrics.hamming_loss, exact_match metrics.accuracy_score",
} satisfies MetricDefinition;
