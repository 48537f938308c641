/** Drop near-constant columns: what hardly varies in the training rows teaches nothing. */
import { float } from "../../schema/fields.ts";
import { defineStep } from "../step.ts";

export default defineStep({
  type: "drop_near_constant",
  schema: {
    variance: float({ default: 0, min: 0, max: 1e30 }),
    share: float({ default: 1, min: 0.5, max: 1 }),
  },
  takes: ["number", "category"],
  onTargets: false,
  texts: {
    en: {
      label: "Drop near-constant columns",
      summary: "Leaves out the columns that are nearly the same in all training rows.",
      fields: {
        variance: { label: "Variance", help: "Columns of numbers with no more variance than this are left out." },
        share: { label: "Share of one value", help: "Columns where this share of the training rows has the same value are left out." },
      },
    },
    zh: {
      label: "去掉近乎不变的列",
      summary: "去掉在所有训练行中几乎相同的列。",
      fields: {
        variance: { label: "方差", help: "方差不超过此值的数值列会被去掉。" },
        share: { label: "单一值的占比", help: "训练行中同一值达到此占比的列会被去掉。" },
      },
    },
  },
});
