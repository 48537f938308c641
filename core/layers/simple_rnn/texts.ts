import type { Language, LayerTexts } from "../layer.ts";
import { recurrentTexts } from "../recurrent-texts.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "Simple RNN",
    summary: "Reads a sequence [steps, features] into a state, without gates: good for short memories, and to see why gates are needed.",
    fields: recurrentTexts.en,
  },
  zh: {
    label: "简单循环层",
    summary: "把序列 [步, 特征] 读入状态，没有门：适合短期记忆，也可用来说明为什么需要门。",
    fields: recurrentTexts.zh,
  },
};
