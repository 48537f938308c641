import type { MetricDefinition } from "../metric.ts";
import { appliesToClasses, ratesOf } from "../precision-and-recall.ts";

export default {
  name: "precision",
  texts: {
    en: { label: "Precision", summary: "Of what was predicted to be a class, the share that is." },
    zh: { label: "精确率", summary: "被预测为某类的行中，确实属于该类的比例。" },
  },
  figures: {
    precision: { en: "Precision", zh: "精确率" },
    precision_macro: { en: "Precision, mean over classes", zh: "精确率（各类平均）" },
    precision_micro: { en: "Precision, all classes together", zh: "精确率（合并各类）" },
    precision_weighted: { en: "Precision, weighted by class size", zh: "精确率（按类大小加权）" },
  },
  better: "higher",
  rank: 20,
  appliesTo: appliesToClasses,
  has: ratesOf("precision"),
  eachEpoch: ({ kind }) => (kind === "two_classes" ? ["precision"] : []),
  source: "metrics.precision_recall_fscore_support, zero_division=0",
} satisfies MetricDefinition;
