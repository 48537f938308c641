import type { Language, LayerTexts } from "../layer.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "Global average pooling 2D",
    summary: "The mean of each channel over the whole picture.",
    fields: { keepdims: { label: "Keep axes", help: "Keeps axes of length 1 instead of leaving them out." } },
  },
  zh: {
    label: "全局平均池化 2D",
    summary: "取每个通道在整个图片上的平均值。",
    fields: { keepdims: { label: "保留轴", help: "保留长度为 1 的轴，而不是去掉。" } },
  },
};
