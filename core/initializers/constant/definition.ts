import type { InitializerDefinition } from "../initializer.ts";

export default {
  name: "constant",
  texts: {
    en: {
      label: "Constant",
      summary: "Every weight is the same number, 0.1 unless another is chosen: for biases, so that rectifiers start alive.",
    },
    zh: { label: "常数", summary: "全部为同一个数（默认 0.1）：用于偏置，使整流单元一开始就处于激活状态。" },
  },
  value: { default: 0.1 },
} satisfies InitializerDefinition;
