/** Fill in by neighbours: a missing number is taken from the rows that are most alike. */
import { choice, int } from "../../schema/fields.ts";
import { defineStep } from "../step.ts";

export default defineStep({
  type: "nearest_neighbours",
  schema: {
    neighbours: int({ default: 5, min: 1, max: 1000 }),
    weights: choice({ default: "uniform", values: ["uniform", "distance"] }),
    most_rows: int({ default: 5000, min: 1, max: 100_000 }),
  },
  takes: ["number"],
  onTargets: false,
  texts: {
    en: {
      label: "Fill in from alike rows",
      summary:
        "Puts the mean of the most similar training rows where a number is missing. Similar by all columns of the step: scale them before.",
      fields: {
        neighbours: { label: "Rows", help: "How many similar rows are asked." },
        weights: { label: "Weights", help: "uniform: all count the same. distance: nearer ones count more." },
        most_rows: {
          label: "Rows kept",
          help: "The training rows that are stored with the model to compare with; of more, evenly spaced ones are taken.",
        },
      },
    },
    zh: {
      label: "按相近行填补",
      summary: "在缺失处填入最相近的训练行的均值。相近与否由此步骤的所有列决定：请先缩放。",
      fields: {
        neighbours: { label: "行数", help: "参考多少个相近的行。" },
        weights: { label: "权重", help: "uniform：各行相同。distance：越近权重越大。" },
        most_rows: { label: "保留行数", help: "随模型保存、用于比较的训练行；超过时等间隔取样。" },
      },
    },
  },
});
