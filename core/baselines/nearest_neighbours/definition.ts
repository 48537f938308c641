import { type BaselineDefinition, fromInputs } from "../baseline.ts";

export default {
  name: "nearest_neighbours",
  texts: {
    en: { label: "Nearest neighbours", summary: "What the five most similar training rows are, on average." },
    zh: { label: "最近邻", summary: "取最相似的五个训练行的平均。" },
  },
  rank: 60,
  appliesTo: (task) => fromInputs(task) && !task.words && task.window === null,
  source:
    "KNeighborsClassifier(5), KNeighborsRegressor(5); of equally near rows the first counts. Compares with at most 5,000 evenly spaced rows",
} satisfies BaselineDefinition;
