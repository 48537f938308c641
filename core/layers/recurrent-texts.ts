/** Words of the options that the recurrent layers share. */
import { useBiasTexts } from "./fields.ts";
import { constraintTexts, initializerValueTexts, maxNormTexts, normAxesTexts, weightTexts } from "./weight-texts.ts";

export const recurrentTexts = {
  en: {
    units: { label: "Units", help: "How many numbers the state has: what the layer can remember." },
    activation: {
      label: "Activation",
      help: "The function of the new content, and of the cell on its way out. tanh keeps the state bounded.",
    },
    use_bias: useBiasTexts.en,
    return_sequences: {
      label: "Return sequences",
      help: "Gives the state after every step instead of the last one only. On when another sequence layer follows.",
    },
    go_backwards: { label: "Go backwards", help: "Reads the sequence from its end; outputs come in the order in which they were made." },
    dropout: { label: "Dropout", help: "Share of the inputs dropped in training, the same ones at every step of a sample." },
    recurrent_dropout: {
      label: "Recurrent dropout",
      help: "Share of the state dropped before its products, the same at every step of a sample.",
    },
    recurrent_initializer: {
      label: "Recurrent initializer",
      help: "What the weights from state to state start from. Orthogonal neither shrinks nor grows what passes many times.",
    },
    recurrent_initializer_value: initializerValueTexts.en,
    recurrent_l1: { label: "L1 penalty of the recurrent kernel", help: "Adds this times Σ|u| over the weights from state to state." },
    recurrent_l2: { label: "L2 penalty of the recurrent kernel", help: "Adds this times Σu² over the weights from state to state." },
    recurrent_constraint: { ...constraintTexts.en, label: "Constraint of the recurrent kernel" },
    recurrent_max_norm: maxNormTexts.en,
    recurrent_norm_axes: normAxesTexts.en,
    ...weightTexts.en,
  },
  zh: {
    units: { label: "单元数", help: "状态有多少个数：该层能记住的内容。" },
    activation: { label: "激活函数", help: "作用于新内容以及单元输出的函数。tanh 使状态有界。" },
    use_bias: useBiasTexts.zh,
    return_sequences: { label: "返回序列", help: "给出每一步之后的状态，而不只是最后一个。后面还有序列层时打开。" },
    go_backwards: { label: "反向", help: "从末尾开始读序列；输出按产生的先后排列。" },
    dropout: { label: "Dropout", help: "训练时丢弃的输入比例，同一样本的每一步丢弃相同的输入。" },
    recurrent_dropout: { label: "循环 Dropout", help: "状态在相乘之前丢弃的比例，同一样本的每一步相同。" },
    recurrent_initializer: { label: "循环权重初始化", help: "状态到状态的权重的起始值。正交矩阵多次作用后既不缩小也不放大。" },
    recurrent_initializer_value: initializerValueTexts.zh,
    recurrent_l1: { label: "循环权重的 L1 惩罚", help: "把它乘以状态到状态权重的 Σ|u| 加到损失上。" },
    recurrent_l2: { label: "循环权重的 L2 惩罚", help: "把它乘以状态到状态权重的 Σu² 加到损失上。" },
    recurrent_constraint: { ...constraintTexts.zh, label: "循环权重约束" },
    recurrent_max_norm: maxNormTexts.zh,
    recurrent_norm_axes: normAxesTexts.zh,
    ...weightTexts.zh,
  },
} as const;

export const recurrentActivationTexts = {
  en: { label: "Gate activation", help: "The function of the gates. sigmoid lies between 0, shut, and 1, open." },
  zh: { label: "门的激活函数", help: "门所用的函数。sigmoid 在 0（关闭）与 1（打开）之间。" },
} as const;
export const unitForgetBiasTexts = {
  en: { label: "Forget bias of one", help: "The forget gate starts open, so that the cell remembers from the first step of training." },
  zh: { label: "遗忘门偏置为一", help: "遗忘门一开始是打开的，单元从训练的第一步起就能记忆。" },
} as const;
export const resetAfterTexts = {
  en: {
    label: "Reset after",
    help: "The reset gate acts after the product with the state, as in cuDNN and PyTorch, instead of before it.",
  },
  zh: { label: "相乘后重置", help: "重置门作用于与状态相乘之后（如 cuDNN 和 PyTorch），而不是之前。" },
} as const;
