import type { Language, LayerTexts } from "../layer.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "Global average pooling 1D",
    summary: "The mean of each channel over the whole sequence.",
    fields: { keepdims: { label: "Keep axes", help: "Keeps axes of length 1 instead of leaving them out." } },
  },
  zh: {
    label: "全局平均池化 1D",
    summary: "取每个通道在整个序列上的平均值。",
    fields: { keepdims: { label: "保留轴", help: "保留长度为 1 的轴，而不是去掉。" } },
  },
};
