import type { MetricDefinition } from "../metric.ts";
import { appliesToClasses, ratesOf } from "../precision-and-recall.ts";

export default {
  name: "recall",
  texts: {
    en: { label: "Recall", summary: "Of what is a class, the share that was predicted to be." },
    zh: { label: "召回率", summary: "属于某类的行中，被预测为该类的比例。" },
  },
  figures: {
    recall: { en: "Recall", zh: "召回率" },
    recall_macro: { en: "Recall, mean over classes", zh: "召回率（各类平均）" },
    recall_micro: { en: "Recall, all classes together", zh: "召回率（合并各类）" },
    recall_weighted: { en: "Recall, weighted by class size", zh: "召回率（按类大小加权）" },
  },
  better: "higher",
  rank: 21,
  appliesTo: appliesToClasses,
  has: ratesOf("recall"),
  eachEpoch: ({ kind }) => (kind === "two_classes" ? ["recall"] : []),
  source: "metrics.precision_recall_fscore_support, zero_division=0",
} satisfies MetricDefinition;
