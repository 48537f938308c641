import { epsilonTexts } from "../fields.ts";
import type { Language, LayerTexts } from "../layer.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "RMS normalization",
    summary: "Divides every sample by the root of its mean square, then a learned scale.",
    fields: { epsilon: epsilonTexts.en },
  },
  zh: { label: "RMS 归一化", summary: "把每个样本除以其均方根，再乘以学到的比例。", fields: { epsilon: epsilonTexts.zh } },
};
