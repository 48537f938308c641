/** Picture: pixels become the numbers of a tensor [height, width, channels]. */
import { choice } from "../../schema/fields.ts";
import { defineStep } from "../step.ts";

export default defineStep({
  type: "picture",
  schema: {
    scale: choice({ default: "zero_one", values: ["zero_one", "minus_one_one", "none"] }),
    colour: choice({ default: "keep", values: ["keep", "grey"] }),
  },
  takes: ["picture"],
  onTargets: false,
  texts: {
    en: {
      label: "Picture",
      summary: "Gives the pixels as numbers, height × width × channels.",
      fields: {
        scale: { label: "Range", help: "zero_one: 0 to 1. minus_one_one: −1 to 1. none: 0 to 255 as they are." },
        colour: { label: "Colour", help: "grey: one channel, by the eye's weights of red, green and blue." },
      },
    },
    zh: {
      label: "图片",
      summary: "把像素作为数值给出：高 × 宽 × 通道。",
      fields: {
        scale: { label: "范围", help: "zero_one：0 到 1。minus_one_one：−1 到 1。none：保持 0 到 255。" },
        colour: { label: "颜色", help: "grey：按人眼对红绿蓝的权重化为单通道。" },
      },
    },
  },
});
