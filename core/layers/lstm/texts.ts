import type { Language, LayerTexts } from "../layer.ts";
import { recurrentActivationTexts, recurrentTexts, unitForgetBiasTexts } from "../recurrent-texts.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "LSTM",
    summary: "Reads a sequence [steps, features] and remembers over long distances: gates decide what to keep, to forget and to show.",
    fields: { ...recurrentTexts.en, recurrent_activation: recurrentActivationTexts.en, unit_forget_bias: unitForgetBiasTexts.en },
  },
  zh: {
    label: "LSTM",
    summary: "读取序列 [步, 特征] 并能长程记忆：由门决定保留、遗忘和输出什么。",
    fields: { ...recurrentTexts.zh, recurrent_activation: recurrentActivationTexts.zh, unit_forget_bias: unitForgetBiasTexts.zh },
  },
};
