/** Embedding index: a whole number for each category, for an embedding layer. */
import { int } from "../../schema/fields.ts";
import { defineStep } from "../step.ts";

export default defineStep({
  type: "embedding_index",
  schema: { min_rows: int({ default: 1, min: 1, max: 1_000_000 }) },
  takes: ["category"],
  onTargets: false,
  numbersCategories: true,
  texts: {
    en: {
      label: "Embedding index",
      summary:
        "Numbers the categories of the training rows from 1; 0 is missing or unknown. The embedding needs one more place than there are categories.",
      fields: { min_rows: { label: "At least in", help: "Categories of fewer training rows count as unknown." } },
    },
    zh: {
      label: "嵌入编号",
      summary: "把训练行中的类别从 1 起编号；0 表示缺失或未知。嵌入层的 input_dim 应比类别数多 1。",
      fields: { min_rows: { label: "至少出现于", help: "出现在更少训练行中的类别视为未知。" } },
    },
  },
});
