/** One-hot: one 0/1 number for each category of the training rows. */
import { defineStep } from "../step.ts";

export default defineStep({
  type: "one_hot",
  schema: {},
  takes: ["category"],
  spreads: true,
  onTargets: false,
  texts: {
    en: {
      label: "One-hot",
      summary: "One column of 0 and 1 for each category of the training rows; a category they do not have gives all zeros.",
      fields: {},
    },
    zh: { label: "独热编码", summary: "训练行中的每个类别对应一列 0/1；训练行中没有的类别全为 0。", fields: {} },
  },
});
