import { type BaselineDefinition, fromInputs } from "../baseline.ts";

export default {
  name: "random_forest",
  texts: {
    en: {
      label: "Random forest",
      summary: "The mean of 100 trees, each over rows and questions that are drawn; takes missing values as they are.",
    },
    zh: { label: "随机森林", summary: "100 棵树的平均，每棵树使用随机抽取的行和特征；可直接处理缺失值。" },
  },
  rank: 50,
  appliesTo: (task) => fromInputs(task) && !task.words && task.width <= 5000,
  takesGaps: true,
  source:
    "RandomForestClassifier(100, max_features='sqrt'), RandomForestRegressor(100, max_features=1/3); drawn with our own seed; at most 10,000 rows a tree",
} satisfies BaselineDefinition;
