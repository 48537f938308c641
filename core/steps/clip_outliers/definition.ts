/** Clip outliers: values beyond two quantiles of the training rows are brought to them. */
import { float } from "../../schema/fields.ts";
import { defineStep } from "../step.ts";

export default defineStep({
  type: "clip_outliers",
  schema: {
    lower: float({ default: 0.01, min: 0, max: 0.5 }),
    upper: float({ default: 0.99, min: 0.5, max: 1 }),
  },
  takes: ["number"],
  onTargets: false,
  texts: {
    en: {
      label: "Clip outliers",
      summary: "Brings values that are smaller or larger than nearly all training rows to the edge of those.",
      fields: {
        lower: { label: "Lower quantile", help: "Smaller values become this quantile of the training rows." },
        upper: { label: "Upper quantile", help: "Larger values become this quantile of the training rows." },
      },
    },
    zh: {
      label: "截断异常值",
      summary: "把小于或大于几乎所有训练行的值拉回到边界。",
      fields: {
        lower: { label: "下分位数", help: "更小的值变为训练行的这一分位数。" },
        upper: { label: "上分位数", help: "更大的值变为训练行的这一分位数。" },
      },
    },
  },
});
