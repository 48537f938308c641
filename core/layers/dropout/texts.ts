import type { Language, LayerTexts } from "../layer.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "Dropout",
    summary: "Drops numbers at random while training, so that the network cannot lean on any one of them.",
    fields: { rate: { label: "Rate", help: "Share of the numbers that are dropped in each step; 0.2 to 0.5 is usual." } },
  },
  zh: {
    label: "Dropout（随机失活）",
    summary: "训练时随机丢弃一部分数，使网络不依赖其中任何一个。",
    fields: { rate: { label: "比率", help: "每一步丢弃的比例，常用 0.2 到 0.5。" } },
  },
};
