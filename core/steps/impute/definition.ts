/** Impute: a value in place of every missing one. */
import { choice, float, text } from "../../schema/fields.ts";
import { defineStep } from "../step.ts";

export default defineStep({
  type: "impute",
  schema: {
    strategy: choice({ default: "constant", values: ["constant", "mean", "median", "most_frequent", "category"] }),
    value: float({ default: 0, min: -1e30, max: 1e30, visibleWhen: { field: "strategy", values: ["constant"] } }),
    category: text({ default: "missing", maxLength: 200, visibleWhen: { field: "strategy", values: ["category"] } }),
  },
  takes: ["number", "category"],
  onTargets: false,
  texts: {
    en: {
      label: "Fill in missing values",
      summary: "Puts a value where a cell is empty, learnt from the training rows.",
      fields: {
        strategy: {
          label: "Value",
          help: "constant: the number below. mean, median: of the training rows. most_frequent: the most frequent value of the training rows, the smallest of several. category: a category of its own, for columns of words.",
        },
        value: { label: "Number", help: "The number put in place of a missing one." },
        category: { label: "Category", help: "The name of the category that stands for missing." },
      },
    },
    zh: {
      label: "填补缺失值",
      summary: "在空单元格处填入从训练行学到的值。",
      fields: {
        strategy: {
          label: "填入的值",
          help: "constant：下面的数。mean、median：训练行的均值、中位数。most_frequent：训练行中最常见的值，若有多个取最小者。category：单独的一个类别，用于类别列。",
        },
        value: { label: "数", help: "代替缺失值的数。" },
        category: { label: "类别", help: "代表缺失的类别名称。" },
      },
    },
  },
});
