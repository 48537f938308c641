/** Multi-hot: one 0/1 number for each part of the lists in a column. */
import { text } from "../../schema/fields.ts";
import { defineStep } from "../step.ts";

export default defineStep({
  type: "multi_hot",
  schema: { separator: text({ default: "," }) },
  takes: ["category"],
  onTargets: false,
  texts: {
    en: {
      label: "Multi-hot",
      summary:
        "For cells that hold lists (red|blue): one column of 0 and 1 for each part that occurs in the training rows; a part they do not have counts for nothing, an empty cell gives all zeros.",
      fields: { separator: { label: "Separator", help: "What stands between the parts of a list. Blanks around a part do not count." } },
    },
    zh: {
      label: "多热编码",
      summary: "用于内容为列表的单元格（red|blue）：训练行中出现的每个部分对应一列 0/1；训练行中没有的部分不计，空单元格全为 0。",
      fields: { separator: { label: "分隔符", help: "列表各部分之间的符号。各部分前后的空白不计。" } },
    },
  },
});
