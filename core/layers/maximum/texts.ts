import type { Language, LayerTexts } from "../layer.ts";

export const texts: Record<Language, LayerTexts> = {
  en: { label: "Maximum", summary: "The largest of inputs of the same shape, number by number.", fields: {} },
  zh: { label: "最大值", summary: "形状相同的输入逐个取最大值。", fields: {} },
};
