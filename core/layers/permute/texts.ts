import type { Language, LayerTexts } from "../layer.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "Permute",
    summary: "The axes of a sample in another order.",
    fields: { dims: { label: "Order", help: "Which axis comes where, counted from 1: 2, 1 swaps two axes." } },
  },
  zh: {
    label: "轴置换",
    summary: "改变样本各轴的顺序。",
    fields: { dims: { label: "顺序", help: "各位置放哪个轴，从 1 数起：2, 1 表示交换两个轴。" } },
  },
};
