import type { Language, LayerTexts } from "../layer.ts";
import { recurrentActivationTexts, recurrentTexts, resetAfterTexts, unitForgetBiasTexts } from "../recurrent-texts.ts";

const { go_backwards: _, activity_l1: __, activity_l2: ___, ...en } = recurrentTexts.en;
const { go_backwards: ____, activity_l1: _____, activity_l2: ______, ...zh } = recurrentTexts.zh;

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "Bidirectional",
    summary: "Two recurrent cells read a sequence [steps, features], one from each end, so that every step knows what came and what comes.",
    fields: {
      cell: { label: "Cell", help: "The recurrent cell of both directions." },
      merge_mode: { label: "Merge", help: "How the two outputs become one: side by side, their sum, product or average." },
      ...en,
      recurrent_activation: recurrentActivationTexts.en,
      unit_forget_bias: unitForgetBiasTexts.en,
      reset_after: resetAfterTexts.en,
    },
  },
  zh: {
    label: "双向循环层",
    summary: "两个循环单元分别从两端读取序列 [步, 特征]，使每一步都了解前后内容。",
    fields: {
      cell: { label: "单元", help: "两个方向所用的循环单元。" },
      merge_mode: { label: "合并方式", help: "两个输出如何合成一个：拼接、求和、相乘或平均。" },
      ...zh,
      recurrent_activation: recurrentActivationTexts.zh,
      unit_forget_bias: unitForgetBiasTexts.zh,
      reset_after: resetAfterTexts.zh,
    },
  },
};
