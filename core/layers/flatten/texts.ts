import type { Language, LayerTexts } from "../layer.ts";

export const texts: Record<Language, LayerTexts> = {
  en: { label: "Flatten", summary: "Turns any shape into one row of numbers.", fields: {} },
  zh: { label: "展平", summary: "把任意形状变成一行数。", fields: {} },
};
