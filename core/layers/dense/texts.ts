import { activationTexts, biasInitializerTexts, kernelInitializerTexts, l1Texts, l2Texts, useBiasTexts } from "../fields.ts";
import type { Language, LayerTexts } from "../layer.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "Dense",
    summary: "Every output looks at every input: y = f(xW + b).",
    fields: {
      units: { label: "Units", help: "How many outputs the layer has." },
      activation: activationTexts.en,
      use_bias: useBiasTexts.en,
      kernel_initializer: kernelInitializerTexts.en,
      bias_initializer: biasInitializerTexts.en,
      l1: l1Texts.en,
      l2: l2Texts.en,
    },
  },
  zh: {
    label: "全连接",
    summary: "每个输出都看到每个输入：y = f(xW + b)。",
    fields: {
      units: { label: "单元数", help: "这一层有多少个输出。" },
      activation: activationTexts.zh,
      use_bias: useBiasTexts.zh,
      kernel_initializer: kernelInitializerTexts.zh,
      bias_initializer: biasInitializerTexts.zh,
      l1: l1Texts.zh,
      l2: l2Texts.zh,
    },
  },
};
