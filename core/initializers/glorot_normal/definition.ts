import type { InitializerDefinition } from "../initializer.ts";

export default {
  name: "glorot_normal",
  texts: {
    en: { label: "Glorot normal", summary: "Normal with variance 2 / (fan in + fan out), cut at two deviations." },
    zh: { label: "Glorot 正态", summary: "方差为 2 / (扇入 + 扇出) 的正态分布，截断于两个标准差。" },
  },
} satisfies InitializerDefinition;
