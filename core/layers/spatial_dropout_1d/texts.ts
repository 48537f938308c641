import type { Language, LayerTexts } from "../layer.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "Spatial dropout 1D",
    summary: "Drops whole channels of a sequence at random while training.",
    fields: { rate: { label: "Rate", help: "Share of the channels that are dropped." } },
  },
  zh: {
    label: "空间丢弃 1D",
    summary: "训练时随机丢弃序列的整个通道。",
    fields: { rate: { label: "比例", help: "被丢弃的通道所占比例。" } },
  },
};
