import { l1Texts, l2Texts } from "../fields.ts";
import type { Language, LayerTexts } from "../layer.ts";
import { initializerValueTexts } from "../weight-texts.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "Positional encoding",
    summary: "Tells every step of a sequence where it stands: attention alone sees no order.",
    fields: {
      encoding: { label: "Encoding", help: "Sinusoidal: sines and cosines, nothing to learn. Learned: a vector for every place." },
      max_length: { label: "Longest sequence", help: "How many places there are. A longer sequence is refused." },
      scale: { label: "Scale input", help: "Multiplies the input by the root of its width first, as for embeddings in the Transformer." },
      positions_initializer: { label: "Initializer", help: "What the learned vectors start from." },
      positions_initializer_value: initializerValueTexts.en,
      l1: l1Texts.en,
      l2: l2Texts.en,
    },
  },
  zh: {
    label: "位置编码",
    summary: "告诉序列的每一步它在哪里：注意力本身看不到顺序。",
    fields: {
      encoding: { label: "编码方式", help: "sinusoidal：正弦与余弦，无需学习。learned：每个位置一个可学习的向量。" },
      max_length: { label: "最大长度", help: "共有多少个位置。更长的序列会被拒绝。" },
      scale: { label: "缩放输入", help: "先把输入乘以宽度的平方根，如 Transformer 对嵌入所做。" },
      positions_initializer: { label: "初始化", help: "可学习向量的起始值。" },
      positions_initializer_value: initializerValueTexts.zh,
      l1: l1Texts.zh,
      l2: l2Texts.zh,
    },
  },
};
