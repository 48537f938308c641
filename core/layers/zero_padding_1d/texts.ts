import type { Language, LayerTexts } from "../layer.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "Zero padding 1D",
    summary: "Puts zeros around a sequence.",
    fields: {
      left: { label: "Left", help: "Zeros before the first step." },
      right: { label: "Right", help: "Zeros after the last step." },
    },
  },
  zh: {
    label: "补零 1D",
    summary: "在序列前后补零。",
    fields: { left: { label: "左", help: "第一步之前补零的个数。" }, right: { label: "右", help: "最后一步之后补零的个数。" } },
  },
};
