import type { Language, LayerTexts } from "../layer.ts";

export const texts: Record<Language, LayerTexts> = {
  en: { label: "Subtract", summary: "The first input minus the second, number by number.", fields: {} },
  zh: { label: "相减", summary: "第一个输入逐个减去第二个。", fields: {} },
};
