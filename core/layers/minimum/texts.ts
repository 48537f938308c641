import type { Language, LayerTexts } from "../layer.ts";

export const texts: Record<Language, LayerTexts> = {
  en: { label: "Minimum", summary: "The smallest of inputs of the same shape, number by number.", fields: {} },
  zh: { label: "最小值", summary: "形状相同的输入逐个取最小值。", fields: {} },
};
