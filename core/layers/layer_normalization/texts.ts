import { epsilonTexts } from "../fields.ts";
import type { Language, LayerTexts } from "../layer.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "Layer normalization",
    summary: "Gives every sample mean 0 and deviation 1 over its features, then a learned scale and offset.",
    fields: { epsilon: epsilonTexts.en },
  },
  zh: {
    label: "层归一化",
    summary: "使每个样本在其特征上均值为 0、标准差为 1，再乘以学到的比例并加上偏移。",
    fields: { epsilon: epsilonTexts.zh },
  },
};
