import type { Language, LayerTexts } from "../layer.ts";
import { recurrentActivationTexts, recurrentTexts, resetAfterTexts } from "../recurrent-texts.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "GRU",
    summary: "Reads a sequence [steps, features]; two gates mix what is remembered with what is new. Fewer weights than an LSTM.",
    fields: { ...recurrentTexts.en, recurrent_activation: recurrentActivationTexts.en, reset_after: resetAfterTexts.en },
  },
  zh: {
    label: "GRU",
    summary: "读取序列 [步, 特征]；两个门把记忆与新内容混合。权重比 LSTM 少。",
    fields: { ...recurrentTexts.zh, recurrent_activation: recurrentActivationTexts.zh, reset_after: resetAfterTexts.zh },
  },
};
