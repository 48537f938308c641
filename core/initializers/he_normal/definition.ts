import type { InitializerDefinition } from "../initializer.ts";

export default {
  name: "he_normal",
  texts: {
    en: { label: "He normal", summary: "Normal with variance 2 / fan in, cut at two deviations." },
    zh: { label: "He 正态", summary: "方差为 2 / 扇入 的正态分布，截断于两个标准差。" },
  },
} satisfies InitializerDefinition;
