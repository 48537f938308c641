import type { Language, LayerTexts } from "../layer.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "Activity regularization",
    summary: "Adds a penalty on the numbers that pass through to the loss: few of them stay large.",
    fields: {
      l1: { label: "L1 penalty", help: "Adds this times Σ|y| of a sample to the loss: most numbers go to zero." },
      l2: { label: "L2 penalty", help: "Adds this times Σy² of a sample to the loss: numbers stay small." },
    },
  },
  zh: {
    label: "活动正则化",
    summary: "对经过的数值加上惩罚并计入损失：只有少数数值保持较大。",
    fields: {
      l1: { label: "L1 惩罚", help: "把它乘以每个样本的 Σ|y| 加到损失上：多数数值趋于零。" },
      l2: { label: "L2 惩罚", help: "把它乘以每个样本的 Σy² 加到损失上：数值保持较小。" },
    },
  },
};
