import type { MetricDefinition } from "../metric.ts";

export default {
  name: "roc",
  texts: {
    en: {
      label: "Area under the ROC curve",
      summary: "How often a random yes scores higher than a random no, ties counting half; of several classes, each against the rest.",
    },
    zh: { label: "ROC 曲线下面积", summary: "随机取一个正例与一个反例，正例得分更高的概率（相等计一半）；多类时为一类对其余。" },
  },
  figures: {
    auc: { en: "AUC", zh: "AUC" },
    auc_macro: { en: "AUC, mean over classes", zh: "AUC（各类平均）" },
    auc_weighted: { en: "AUC, weighted by class size", zh: "AUC（按类大小加权）" },
  },
  better: "higher",
  rank: 30,
  appliesTo: ({ kind }) => kind !== "numbers",
  has: ({ kind }) => (kind === "two_classes" ? ["auc"] : ["auc_macro", "auc_weighted"]),
  eachEpoch: ({ kind }) => (kind === "two_classes" ? ["auc"] : []),
  wholeOnly: true,
  source: "metrics.roc_curve, metrics.roc_auc_score(multi_class='ovr')",
} satisfies MetricDefinition;
