/** Drop duplicate columns: of columns that are the same in every training row, the first stays. */
import { defineStep } from "../step.ts";

export default defineStep({
  type: "drop_duplicates",
  schema: {},
  takes: ["number", "category"],
  onTargets: false,
  texts: {
    en: {
      label: "Drop duplicate columns",
      summary: "Of columns that are the same in every training row, missing values included, only the first stays.",
      fields: {},
    },
    zh: { label: "去掉重复的列", summary: "在所有训练行中完全相同（包括缺失）的列，只保留第一列。", fields: {} },
  },
});
