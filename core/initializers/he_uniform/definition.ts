import type { InitializerDefinition } from "../initializer.ts";

export default {
  name: "he_uniform",
  texts: {
    en: { label: "He uniform", summary: "Uniform within √(6 / fan in): keeps the spread of relu layers (He et al. 2015)." },
    zh: { label: "He 均匀", summary: "在 √(6 / 扇入) 之内均匀分布：保持 relu 层的方差（He 等 2015）。" },
  },
} satisfies InitializerDefinition;
