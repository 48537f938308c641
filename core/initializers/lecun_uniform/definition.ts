import type { InitializerDefinition } from "../initializer.ts";

export default {
  name: "lecun_uniform",
  texts: {
    en: { label: "LeCun uniform", summary: "Uniform within √(3 / fan in)." },
    zh: { label: "LeCun 均匀", summary: "在 √(3 / 扇入) 之内均匀分布。" },
  },
} satisfies InitializerDefinition;
