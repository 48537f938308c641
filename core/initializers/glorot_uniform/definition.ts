import type { InitializerDefinition } from "../initializer.ts";

export default {
  name: "glorot_uniform",
  texts: {
    en: {
      label: "Glorot uniform",
      summary: "Uniform within √(6 / (fan in + fan out)): keeps the spread of tanh and sigmoid layers (Glorot & Bengio 2010).",
    },
    zh: { label: "Glorot 均匀", summary: "在 √(6 / (扇入 + 扇出)) 之内均匀分布：保持 tanh 和 sigmoid 层的方差（Glorot 与 Bengio 2010）。" },
  },
} satisfies InitializerDefinition;
