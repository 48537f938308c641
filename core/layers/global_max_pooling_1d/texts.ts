import type { Language, LayerTexts } from "../layer.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "Global max pooling 1D",
    summary: "The largest number of each channel over the whole sequence.",
    fields: { keepdims: { label: "Keep axes", help: "Keeps axes of length 1 instead of leaving them out." } },
  },
  zh: {
    label: "全局最大池化 1D",
    summary: "取每个通道在整个序列上的最大值。",
    fields: { keepdims: { label: "保留轴", help: "保留长度为 1 的轴，而不是去掉。" } },
  },
};
