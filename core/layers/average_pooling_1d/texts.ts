import type { Language, LayerTexts } from "../layer.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "Average pooling 1D",
    summary: "The mean of each window of a sequence.",
    fields: {
      pool_size: { label: "Pool size", help: "Length of the window, in steps." },
      strides: { label: "Strides", help: "How far the window moves; empty: as far as it is wide." },
      padding: {
        label: "Padding",
        help: "valid: windows lie within the input. same: the edges are kept; what lies outside does not count.",
      },
    },
  },
  zh: {
    label: "平均池化 1D",
    summary: "取序列每个窗口的平均值。",
    fields: {
      pool_size: { label: "池化大小", help: "窗口的长度（步数）。" },
      strides: { label: "步幅", help: "窗口移动的距离；留空表示与窗口同宽。" },
      padding: { label: "填充", help: "valid：窗口都在输入之内。same：保留边缘，外面的部分不计入。" },
    },
  },
};
