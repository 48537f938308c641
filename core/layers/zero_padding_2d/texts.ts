import type { Language, LayerTexts } from "../layer.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "Zero padding 2D",
    summary: "Puts zeros around a picture.",
    fields: {
      top: { label: "Top", help: "Zeros above." },
      bottom: { label: "Bottom", help: "Zeros below." },
      left: { label: "Left", help: "Zeros on the left." },
      right: { label: "Right", help: "Zeros on the right." },
    },
  },
  zh: {
    label: "补零 2D",
    summary: "在图片四周补零。",
    fields: {
      top: { label: "上", help: "上方补零的个数。" },
      bottom: { label: "下", help: "下方补零的个数。" },
      left: { label: "左", help: "左侧补零的个数。" },
      right: { label: "右", help: "右侧补零的个数。" },
    },
  },
};
