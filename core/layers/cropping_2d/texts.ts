import type { Language, LayerTexts } from "../layer.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "Cropping 2D",
    summary: "Leaves out the edges of a picture.",
    fields: {
      top: { label: "Top", help: "Rows left out above." },
      bottom: { label: "Bottom", help: "Rows left out below." },
      left: { label: "Left", help: "Columns left out on the left." },
      right: { label: "Right", help: "Columns left out on the right." },
    },
  },
  zh: {
    label: "裁剪 2D",
    summary: "去掉图片边缘。",
    fields: {
      top: { label: "上", help: "上方去掉的个数。" },
      bottom: { label: "下", help: "下方去掉的个数。" },
      left: { label: "左", help: "左侧去掉的个数。" },
      right: { label: "右", help: "右侧去掉的个数。" },
    },
  },
};
