import type { Language, LayerTexts } from "../layer.ts";

export const texts: Record<Language, LayerTexts> = {
  en: { label: "Average", summary: "The mean of inputs of the same shape, number by number.", fields: {} },
  zh: { label: "平均", summary: "形状相同的输入逐个取平均。", fields: {} },
};
