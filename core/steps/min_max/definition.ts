/** Min-max: the range of the training rows onto a range of choice. */
import { float } from "../../schema/fields.ts";
import { defineStep } from "../step.ts";

export default defineStep({
  type: "min_max",
  schema: {
    lower: float({ default: 0, min: -1e6, max: 1e6 }),
    upper: float({ default: 1, min: -1e6, max: 1e6 }),
  },
  takes: ["number"],
  scales: true,
  onTargets: true,
  texts: {
    en: {
      label: "Min-max",
      summary: "Maps the smallest and largest value of the training rows to 0 and 1 (or to other bounds).",
      fields: {
        lower: { label: "Lower bound", help: "What the smallest value of the training rows becomes." },
        upper: { label: "Upper bound", help: "What the largest value of the training rows becomes. Values of other rows may lie outside." },
      },
    },
    zh: {
      label: "最小最大缩放",
      summary: "把训练行的最小值和最大值映射到 0 和 1（或其他上下界）。",
      fields: {
        lower: { label: "下界", help: "训练行的最小值变成的数。" },
        upper: { label: "上界", help: "训练行的最大值变成的数。其他行的值可能超出范围。" },
      },
    },
  },
});
