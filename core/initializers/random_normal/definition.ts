import type { InitializerDefinition } from "../initializer.ts";

export default {
  name: "random_normal",
  texts: {
    en: { label: "Normal", summary: "Normal with mean 0 and a deviation of 0.05 or what is chosen, whatever the size of the layer." },
    zh: { label: "正态", summary: "均值 0、标准差 0.05（可另选）的正态分布，与层的大小无关。" },
  },
  value: { default: 0.05 },
} satisfies InitializerDefinition;
