/** Principal components: a few mixtures of many columns that keep most of what varies. */
import { int } from "../../schema/fields.ts";
import { defineStep } from "../step.ts";

export default defineStep({
  type: "principal_components",
  schema: { components: int({ default: 2, min: 1, max: 512 }) },
  takes: ["number"],
  onTargets: false,
  texts: {
    en: {
      label: "Principal components",
      summary: "Replaces the columns by the mixtures of them along which the training rows vary most. Scale the columns before.",
      fields: { components: { label: "Components", help: "How many mixtures are kept; at most as many as there are columns." } },
    },
    zh: {
      label: "主成分",
      summary: "用训练行变化最大的几个组合代替这些列。请先缩放各列。",
      fields: { components: { label: "成分数", help: "保留的组合数；不超过列数。" } },
    },
  },
});
