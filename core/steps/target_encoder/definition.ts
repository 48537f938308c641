/** Target encoder: each category becomes the mean of the target in its training rows. */
import { bool, int, optionalFloat } from "../../schema/fields.ts";
import { defineStep } from "../step.ts";

export default defineStep({
  type: "target_encoder",
  schema: {
    smooth: optionalFloat({ min: 0, max: 1e9 }),
    folds: int({ default: 5, min: 2, max: 100 }),
    shuffle: bool({ default: true, advanced: true }),
    seed: int({ default: 0, min: 0, max: 2 ** 31 - 1, advanced: true }),
  },
  takes: ["category"],
  onTargets: false,
  texts: {
    en: {
      label: "Target mean",
      summary:
        "Replaces a category by the mean of the target in its training rows, drawn towards the mean of all. Training rows get it from the other folds, so that none sees its own target.",
      fields: {
        smooth: { label: "Smoothing", help: "How many rows the overall mean counts as. Empty: by the variance in each category." },
        folds: { label: "Folds", help: "The training rows of a fold get means of the other folds." },
        shuffle: { label: "Shuffle", help: "Draws the folds; off: in the order of the rows." },
        seed: { label: "Seed", help: "Of the draw of the folds." },
      },
    },
    zh: {
      label: "目标均值编码",
      summary: "用该类别训练行的目标均值代替类别，并向总均值收缩。训练行的值来自其他折，不会用到自己的目标。",
      fields: {
        smooth: { label: "平滑", help: "总均值相当于多少行。留空：按各类别内的方差决定。" },
        folds: { label: "折数", help: "每一折训练行的值由其他折求得。" },
        shuffle: { label: "打乱", help: "随机分折；关闭则按行的顺序分折。" },
        seed: { label: "种子", help: "随机分折的种子。" },
      },
    },
  },
});
