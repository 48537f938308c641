import { type BaselineDefinition, fromInputs } from "../baseline.ts";

export default {
  name: "decision_tree",
  texts: {
    en: { label: "Decision tree", summary: "Questions one after the other, at most twelve deep; takes missing values as they are." },
    zh: { label: "决策树", summary: "逐个提问，最多十二层；可直接处理缺失值。" },
  },
  rank: 40,
  appliesTo: (task) => fromInputs(task) && !task.words && task.width <= 5000,
  takesGaps: true,
  source:
    "DecisionTreeClassifier and DecisionTreeRegressor (max_depth=12, min_samples_leaf=5); of splits that are equally good the first counts",
} satisfies BaselineDefinition;
