import type { Language, LayerTexts } from "../layer.ts";

export const texts: Record<Language, LayerTexts> = {
  en: { label: "Multiply", summary: "Multiplies inputs of the same shape, number by number.", fields: {} },
  zh: { label: "相乘", summary: "把形状相同的输入逐个相乘。", fields: {} },
};
