/** Fill in by a model: a missing number is foretold from the other columns of its row. */
import { float, int } from "../../schema/fields.ts";
import { defineStep } from "../step.ts";

export default defineStep({
  type: "impute_by_model",
  schema: {
    rounds: int({ default: 10, min: 1, max: 100 }),
    tolerance: float({ default: 0.001, min: 0, max: 1 }),
  },
  takes: ["number"],
  onTargets: false,
  texts: {
    en: {
      label: "Fill in by a model of the other columns",
      summary:
        "Foretells missing numbers from the other columns of the step by Bayesian ridge regressions, one a column, several times over (MICE).",
      fields: {
        rounds: { label: "Rounds", help: "How often every column is foretold anew, at most." },
        tolerance: { label: "Tolerance", help: "Ends when no value changes by more than this share of the largest value." },
      },
    },
    zh: {
      label: "用其他列的模型填补",
      summary: "用贝叶斯岭回归由此步骤的其他列预测缺失值，每列一个模型，反复多轮（MICE）。",
      fields: {
        rounds: { label: "轮数", help: "每列最多重新预测多少轮。" },
        tolerance: { label: "容差", help: "当所有值的变化都不超过最大值的这一比例时结束。" },
      },
    },
  },
});
