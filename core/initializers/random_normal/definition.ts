import type { InitializerDefinition } from "../initializer.ts";

export default {
  name: "random_normal",
  texts: {
    en: { label: "Normal", summary: "Normal with mean 0 and deviation 0.05, whatever the size of the layer." },
    zh: { label: "正态", summary: "均值 0、标准差 0.05 的正态分布，与层的大小无关。" },
  },
} satisfies InitializerDefinition;
