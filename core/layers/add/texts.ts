import type { Language, LayerTexts } from "../layer.ts";

export const texts: Record<Language, LayerTexts> = {
  en: { label: "Add", summary: "Adds inputs of the same shape, number by number.", fields: {} },
  zh: { label: "相加", summary: "把形状相同的输入逐个相加。", fields: {} },
};
