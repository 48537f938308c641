import type { MetricDefinition } from "../metric.ts";
import { appliesToClasses, epochFigure, ratesOf } from "../precision-and-recall.ts";

export default {
  name: "f1",
  texts: {
    en: { label: "F1", summary: "Harmonic mean of precision and recall: high only when both are." },
    zh: { label: "F1 分数", summary: "精确率与召回率的调和平均：两者都高时才高。" },
  },
  figures: {
    f1: { en: "F1", zh: "F1 分数" },
    f1_macro: { en: "F1, mean over classes", zh: "F1 分数（各类平均）" },
    f1_micro: { en: "F1, all classes together", zh: "F1 分数（合并各类）" },
    f1_weighted: { en: "F1, weighted by class size", zh: "F1 分数（按类大小加权）" },
  },
  better: "higher",
  rank: 22,
  appliesTo: appliesToClasses,
  has: ratesOf("f1"),
  eachEpoch: epochFigure("f1"),
  source: "metrics.precision_recall_fscore_support, zero_division=0",
} satisfies MetricDefinition;
