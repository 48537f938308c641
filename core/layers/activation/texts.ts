import { activationTexts } from "../fields.ts";
import type { Language, LayerTexts } from "../layer.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "Activation",
    summary: "Applies a function to every number.",
    fields: {
      activation: activationTexts.en,
      negative_slope: { label: "Negative slope", help: "What numbers below zero are multiplied by; 0 is relu." },
    },
  },
  zh: {
    label: "激活",
    summary: "对每个数应用一个函数。",
    fields: { activation: activationTexts.zh, negative_slope: { label: "负半轴斜率", help: "小于零的数乘以该值；0 即为 relu。" } },
  },
};
