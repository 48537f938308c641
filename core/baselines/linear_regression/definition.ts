import { type BaselineDefinition, fromInputs } from "../baseline.ts";

export default {
  name: "linear_regression",
  texts: {
    en: { label: "Linear regression", summary: "Least squares: a weight for each number and an intercept." },
    zh: { label: "线性回归", summary: "最小二乘：每个特征一个权重，外加截距。" },
  },
  rank: 20,
  appliesTo: (task) => fromInputs(task) && task.kind === "numbers" && task.width <= 2000,
  source: "LinearRegression(); of features that say the same, only the first is used",
} satisfies BaselineDefinition;
