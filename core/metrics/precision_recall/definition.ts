import type { MetricDefinition } from "../metric.ts";

export default {
  name: "precision_recall",
  texts: {
    en: {
      label: "Average precision",
      summary: "Precision averaged over the steps of recall: the area under the precision–recall curve without interpolation.",
    },
    zh: { label: "平均精确率", summary: "按召回率的步长对精确率求平均：即精确率–召回率曲线下的面积（不插值）。" },
  },
  figures: {
    average_precision: { en: "Average precision", zh: "平均精确率" },
    average_precision_macro: { en: "Average precision, mean over classes", zh: "平均精确率（各类平均）" },
    average_precision_weighted: { en: "Average precision, weighted by class size", zh: "平均精确率（按类大小加权）" },
  },
  better: "higher",
  rank: 31,
  appliesTo: ({ kind }) => kind !== "numbers",
  has: ({ kind }) => (kind === "two_classes" ? ["average_precision"] : ["average_precision_macro", "average_precision_weighted"]),
  eachEpoch: () => [],
  wholeOnly: true,
  source: "metrics.precision_recall_curve, metrics.average_precision_score",
} satisfies MetricDefinition;
