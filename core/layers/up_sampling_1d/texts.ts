import type { Language, LayerTexts } from "../layer.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "Up-sampling 1D",
    summary: "Every step of a sequence several times in a row.",
    fields: { size: { label: "Size", help: "How many times each step is repeated." } },
  },
  zh: { label: "上采样 1D", summary: "把序列的每一步连续重复多次。", fields: { size: { label: "倍数", help: "每一步重复的次数。" } } },
};
