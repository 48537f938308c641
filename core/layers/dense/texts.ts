import { activationTexts, useBiasTexts } from "../fields.ts";
import type { Language, LayerTexts } from "../layer.ts";
import { weightTexts } from "../weight-texts.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "Dense",
    summary: "Every output looks at every input: y = f(xW + b).",
    fields: {
      units: { label: "Units", help: "How many outputs the layer has." },
      activation: activationTexts.en,
      use_bias: useBiasTexts.en,
      ...weightTexts.en,
    },
  },
  zh: {
    label: "全连接",
    summary: "每个输出都看到每个输入：y = f(xW + b)。",
    fields: {
      units: { label: "单元数", help: "这一层有多少个输出。" },
      activation: activationTexts.zh,
      use_bias: useBiasTexts.zh,
      ...weightTexts.zh,
    },
  },
};
