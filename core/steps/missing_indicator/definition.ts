/** Missing indicator: a column beside the column that says where it had no value. */
import { defineStep } from "../step.ts";

export default defineStep({
  type: "missing_indicator",
  schema: {},
  takes: ["number"],
  onTargets: false,
  texts: {
    en: {
      label: "Mark missing values",
      summary: "Adds a column that is 1 where a value is missing, so that the network can learn from the gap. Put it before filling in.",
      fields: {},
    },
    zh: { label: "标记缺失", summary: "添加一列：值缺失处为 1，让网络能利用缺失本身。请放在填补之前。", fields: {} },
  },
});
