import { useBiasTexts } from "../fields.ts";
import type { Language, LayerTexts } from "../layer.ts";
import { weightTexts } from "../weight-texts.ts";

const { activity_l1: _, activity_l2: __, ...en } = weightTexts.en;
const { activity_l1: ___, activity_l2: ____, ...zh } = weightTexts.zh;

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "Multi-head attention",
    summary: "Every query looks at all keys, in several heads at once, and takes a mixture of their values.",
    fields: {
      num_heads: { label: "Heads", help: "How many views are taken at once, each with projections of its own." },
      key_dim: { label: "Key width", help: "Numbers of a query and a key in one head. Heads times this is often the width of the input." },
      value_dim: { label: "Value width", help: "Numbers of a value in one head. Empty: as wide as a key." },
      units: { label: "Units", help: "Numbers of every output. Empty: as wide as the query, so that both can be added." },
      combine: {
        label: "Combine heads",
        help: "Concatenate: side by side, then projected. Weighted sum: each head times a learned weight, added up, then projected.",
      },
      use_bias: useBiasTexts.en,
      dropout: { label: "Dropout", help: "The share of the attention weights that is set to zero while training." },
      use_causal_mask: { label: "Causal", help: "A step sees only itself and what came before it: for generating one step after another." },
      ...en,
    },
  },
  zh: {
    label: "多头注意力",
    summary: "每个查询同时在多个头中观察所有键，并取各值的加权混合。",
    fields: {
      num_heads: { label: "头数", help: "同时取多少种视角，每个头有自己的投影。" },
      key_dim: { label: "键宽度", help: "每个头中查询与键的数字个数。头数乘以它通常等于输入宽度。" },
      value_dim: { label: "值宽度", help: "每个头中值的数字个数。留空则与键相同。" },
      units: { label: "单元数", help: "每个输出的数字个数。留空则与查询同宽，便于相加。" },
      combine: { label: "头的合并", help: "拼接：并排后投影。加权求和：每个头乘以可学习的权重后相加，再投影。" },
      use_bias: useBiasTexts.zh,
      dropout: { label: "随机失活", help: "训练时被置零的注意力权重的比例。" },
      use_causal_mask: { label: "因果", help: "每一步只看到自己和之前的步：用于逐步生成。" },
      ...zh,
    },
  },
};
