import type { Language, LayerTexts } from "../layer.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "Cropping 1D",
    summary: "Leaves out the edges of a sequence.",
    fields: {
      left: { label: "Left", help: "Steps left out at the start." },
      right: { label: "Right", help: "Steps left out at the end." },
    },
  },
  zh: {
    label: "裁剪 1D",
    summary: "去掉序列两端。",
    fields: { left: { label: "左", help: "开头去掉的个数。" }, right: { label: "右", help: "末尾去掉的个数。" } },
  },
};
