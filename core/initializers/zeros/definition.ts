import type { InitializerDefinition } from "../initializer.ts";

export default {
  name: "zeros",
  texts: {
    en: { label: "Zeros", summary: "Every weight is 0. Right for biases; with it in a kernel all units stay alike." },
    zh: { label: "全零", summary: "全部为 0。适合偏置；用于权重时各单元会始终相同。" },
  },
} satisfies InitializerDefinition;
