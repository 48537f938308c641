import { activationTexts } from "../fields.ts";
import type { Language, LayerTexts } from "../layer.ts";

export const texts: Record<Language, LayerTexts> = {
  en: { label: "Activation", summary: "Applies a function to every number.", fields: { activation: activationTexts.en } },
  zh: { label: "激活", summary: "对每个数应用一个函数。", fields: { activation: activationTexts.zh } },
};
