/** Bins: a number becomes the class of its size. */
import { choice, int } from "../../schema/fields.ts";
import { defineStep } from "../step.ts";

export default defineStep({
  type: "bins",
  schema: {
    bins: int({ default: 5, min: 2, max: 1000 }),
    edges: choice({ default: "quantile", values: ["quantile", "uniform"] }),
  },
  takes: ["number"],
  onTargets: false,
  texts: {
    en: {
      label: "Bins",
      summary: "Sorts numbers into bins learnt from the training rows, one 0/1 column a bin.",
      fields: {
        bins: { label: "Bins", help: "How many. Fewer remain where edges fall together." },
        edges: { label: "Edges", help: "quantile: as many rows in each. uniform: all of one width." },
      },
    },
    zh: {
      label: "分箱",
      summary: "把数值按训练行学到的区间分箱，每箱一列 0/1。",
      fields: {
        bins: { label: "箱数", help: "边界重合时会变少。" },
        edges: { label: "边界", help: "quantile：每箱行数相同。uniform：每箱宽度相同。" },
      },
    },
  },
});
