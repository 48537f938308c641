/** Hashing encoder: categories spread over a fixed number of columns by a hash of their names. */
import { int } from "../../schema/fields.ts";
import { defineStep } from "../step.ts";

export default defineStep({
  type: "hashing",
  schema: { width: int({ default: 16, min: 1, max: 4096 }) },
  takes: ["category"],
  onTargets: false,
  texts: {
    en: {
      label: "Hashing",
      summary:
        "Puts +1 or −1 in one of a fixed number of columns, chosen by a hash of the category. For columns of very many categories; new ones need no training.",
      fields: { width: { label: "Columns", help: "More columns make it rarer that two categories share one." } },
    },
    zh: {
      label: "哈希编码",
      summary: "按类别名的哈希值，在固定数目的列之一中写入 +1 或 −1。适合类别极多的列；新类别无需重新训练。",
      fields: { width: { label: "列数", help: "列越多，两个类别落入同一列的情况越少。" } },
    },
  },
});
