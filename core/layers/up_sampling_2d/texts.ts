import type { Language, LayerTexts } from "../layer.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "Up-sampling 2D",
    summary: "Makes a picture larger: every pixel becomes a block of its own.",
    fields: {
      size: { label: "Size", help: "How many times as high and as wide the picture becomes." },
      interpolation: { label: "Interpolation", help: "nearest: blocks of equal pixels. bilinear: blends between neighbours." },
    },
  },
  zh: {
    label: "上采样 2D",
    summary: "把每个像素扩成一块相同的像素。",
    fields: {
      size: { label: "倍数", help: "图片在高和宽上变为原来的多少倍。" },
      interpolation: { label: "插值", help: "nearest：相同像素的方块。bilinear：在相邻像素之间平滑过渡。" },
    },
  },
};
