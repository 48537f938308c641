import { type BaselineDefinition, fromInputs } from "../baseline.ts";

export default {
  name: "logistic_regression",
  texts: {
    en: { label: "Logistic regression", summary: "A weight for each number and class, kept small (C = 1)." },
    zh: { label: "逻辑回归", summary: "每个特征和类别一个权重，带正则（C = 1）。" },
  },
  rank: 20,
  appliesTo: (task) => fromInputs(task) && task.kind === "classes" && task.width * task.count <= 200_000,
  source: "LogisticRegression(C=1), solved to a gradient of 1e-8 of the rows",
} satisfies BaselineDefinition;
