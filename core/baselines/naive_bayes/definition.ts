import type { BaselineDefinition } from "../baseline.ts";

export default {
  name: "naive_bayes",
  texts: {
    en: { label: "Naive Bayes", summary: "Counts of words by class, each counted once more than seen." },
    zh: { label: "朴素贝叶斯", summary: "按类别统计词频，每个词多计一次。" },
  },
  rank: 30,
  appliesTo: ({ kind, words }) => kind === "classes" && words,
  source: "MultinomialNB(alpha=1)",
} satisfies BaselineDefinition;
