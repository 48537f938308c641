/** Robust scaling: median 0, interquartile range 1. */
import { defineStep } from "../step.ts";

export default defineStep({
  type: "robust",
  schema: {},
  takes: ["number"],
  scales: true,
  onTargets: true,
  texts: {
    en: {
      label: "Robust scaling",
      summary: "Subtracts the median of the training rows and divides by their interquartile range: outliers hardly count.",
      fields: {},
    },
    zh: { label: "稳健缩放", summary: "减去训练行的中位数，再除以四分位距：异常值几乎不影响。", fields: {} },
  },
});
