import { l1Texts, l2Texts } from "../fields.ts";
import type { Language, LayerTexts } from "../layer.ts";
import { activityL1Texts, activityL2Texts, constraintTexts, initializerValueTexts, maxNormTexts, normAxesTexts } from "../weight-texts.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "Embedding",
    summary: "A learned vector for every index: words, categories.",
    fields: {
      input_dim: { label: "Indices", help: "How many different indices there are, 0 included." },
      output_dim: { label: "Length", help: "Numbers in each vector." },
      embeddings_initializer: { label: "Initializer", help: "What the vectors start from." },
      embeddings_initializer_value: initializerValueTexts.en,
      l1: l1Texts.en,
      l2: l2Texts.en,
      activity_l1: activityL1Texts.en,
      activity_l2: activityL2Texts.en,
      embeddings_constraint: constraintTexts.en,
      embeddings_max_norm: maxNormTexts.en,
      embeddings_norm_axes: normAxesTexts.en,
      trainable: { label: "Trainable", help: "Whether training changes the vectors." },
      mask_zero: { label: "Mask zeros", help: "Index 0 is padding: layers behind that know masks skip its steps." },
    },
  },
  zh: {
    label: "嵌入",
    summary: "为每个索引（词、类别）学习一个向量。",
    fields: {
      input_dim: { label: "索引数", help: "不同索引的个数，包括 0。" },
      output_dim: { label: "长度", help: "每个向量的数字个数。" },
      embeddings_initializer: { label: "初始化", help: "向量的起始值。" },
      embeddings_initializer_value: initializerValueTexts.zh,
      l1: l1Texts.zh,
      l2: l2Texts.zh,
      activity_l1: activityL1Texts.zh,
      activity_l2: activityL2Texts.zh,
      embeddings_constraint: constraintTexts.zh,
      embeddings_max_norm: maxNormTexts.zh,
      embeddings_norm_axes: normAxesTexts.zh,
      trainable: { label: "可训练", help: "训练是否改变这些向量。" },
      mask_zero: { label: "屏蔽零", help: "索引 0 表示填充：后面懂得掩码的层会跳过这些步。" },
    },
  },
};
