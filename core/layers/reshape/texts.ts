import type { Language, LayerTexts } from "../layer.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "Reshape",
    summary: "The same numbers in another shape.",
    fields: { target_shape: { label: "Target shape", help: "Shape of one sample afterwards; one −1 stands for what is left." } },
  },
  zh: {
    label: "变形",
    summary: "同样的数，换一种形状。",
    fields: { target_shape: { label: "目标形状", help: "变形之后一个样本的形状；可用一个 −1 表示剩余部分。" } },
  },
};
