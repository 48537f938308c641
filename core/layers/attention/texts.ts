import type { Language, LayerTexts } from "../layer.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "Attention",
    summary: "Every query takes a mixture of the values, weighted by how well it fits their keys. Without projections of its own.",
    fields: {
      score_mode: { label: "Score", help: "Dot: the product of query and key. Concat: a sum of tanh over both, with a learned weight." },
      use_scale: { label: "Learned scale", help: "Multiplies the scores by a number that is learned." },
      dropout: { label: "Dropout", help: "The share of the attention weights that is set to zero while training." },
      use_causal_mask: { label: "Causal", help: "A step sees only itself and what came before it." },
    },
  },
  zh: {
    label: "注意力",
    summary: "每个查询按其与各键的匹配程度取各值的加权混合，没有自己的投影。",
    fields: {
      score_mode: { label: "打分方式", help: "dot：查询与键的内积。concat：对两者之和取 tanh 后求和，乘以可学习的权重。" },
      use_scale: { label: "可学习缩放", help: "把分数乘以一个可学习的数。" },
      dropout: { label: "随机失活", help: "训练时被置零的注意力权重的比例。" },
      use_causal_mask: { label: "因果", help: "每一步只看到自己和之前的步。" },
    },
  },
};
