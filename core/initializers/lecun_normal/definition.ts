import type { InitializerDefinition } from "../initializer.ts";

export default {
  name: "lecun_normal",
  texts: {
    en: { label: "LeCun normal", summary: "Normal with variance 1 / fan in, cut at two deviations." },
    zh: { label: "LeCun 正态", summary: "方差为 1 / 扇入 的正态分布，截断于两个标准差。" },
  },
} satisfies InitializerDefinition;
