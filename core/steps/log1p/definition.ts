/** Log1p: ln(1 + x). */
import { defineStep } from "../step.ts";

export default defineStep({
  type: "log1p",
  schema: {},
  takes: ["number"],
  onTargets: true,
  texts: {
    en: {
      label: "Logarithm",
      summary: "ln(1 + x): for prices, counts and other values with a long tail. Values must be above −1.",
      fields: {},
    },
    zh: { label: "对数", summary: "ln(1 + x)：用于价格、计数等长尾的值。值必须大于 −1。", fields: {} },
  },
});
