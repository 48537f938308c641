import type { Language, LayerTexts } from "../layer.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "Up-sampling 2D",
    summary: "Every pixel becomes a block of equal ones.",
    fields: { size: { label: "Size", help: "How many times each row and each column is repeated." } },
  },
  zh: {
    label: "上采样 2D",
    summary: "把每个像素扩成一块相同的像素。",
    fields: { size: { label: "倍数", help: "每行和每列重复的次数。" } },
  },
};
