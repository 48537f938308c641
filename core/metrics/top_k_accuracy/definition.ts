import type { MetricDefinition } from "../metric.ts";
import { DEFAULT_TOP_K, topKOf } from "../task.ts";

/** Of fewer classes the five likeliest are half of them: a curve only where k was chosen. */
const MANY_CLASSES = 10;

export default {
  name: "top_k_accuracy",
  texts: {
    en: { label: "Top-k accuracy", summary: "Share of the rows whose class is among the k with the highest scores; k is 5 unless chosen." },
    zh: { label: "前 k 准确率", summary: "正确类别位于得分最高的 k 个类别之中的行所占比例；k 默认为 5，可自行设定。" },
  },
  figures: {
    "top_#_accuracy": { en: "Top-# accuracy", zh: "前 # 准确率" },
  },
  better: "higher",
  rank: 11,
  appliesTo: (task) => task.kind === "classes" && task.count > topKOf(task),
  eachEpoch: (task) => {
    const k = topKOf(task);
    return task.kind === "classes" && (k !== DEFAULT_TOP_K || task.count > MANY_CLASSES) ? [`top_${k}_accuracy`] : [];
  },
  source: "metrics.top_k_accuracy_score",
} satisfies MetricDefinition;
