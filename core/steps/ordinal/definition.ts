/** Ordinal: one number for a category. */
import { defineStep } from "../step.ts";

export default defineStep({
  type: "ordinal",
  schema: {},
  takes: ["category"],
  onTargets: false,
  texts: {
    en: {
      label: "Ordinal",
      summary: "A category becomes its place (0, 1, 2 …) in the sorted list of the training rows' categories; an unknown one becomes −1.",
      fields: {},
    },
    zh: { label: "序数编码", summary: "类别变成它在训练行类别排序表中的位置（0、1、2……）；未知类别变成 −1。", fields: {} },
  },
});
