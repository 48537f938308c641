import type { Language, LayerTexts } from "../layer.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "Spatial dropout 2D",
    summary: "Drops whole channels of a picture at random while training.",
    fields: { rate: { label: "Rate", help: "Share of the channels that are dropped." } },
  },
  zh: {
    label: "空间丢弃 2D",
    summary: "训练时随机丢弃图片的整个通道。",
    fields: { rate: { label: "比例", help: "被丢弃的通道所占比例。" } },
  },
};
