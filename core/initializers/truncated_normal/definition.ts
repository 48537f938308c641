import type { InitializerDefinition } from "../initializer.ts";

export default {
  name: "truncated_normal",
  texts: {
    en: { label: "Truncated normal", summary: "Normal with a deviation of 0.05 or what is chosen, drawn again beyond two deviations." },
    zh: { label: "截断正态", summary: "标准差 0.05（可另选）的正态分布，超出两个标准差者重新抽取。" },
  },
  value: { default: 0.05 },
} satisfies InitializerDefinition;
