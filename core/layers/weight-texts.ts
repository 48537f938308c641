/** Words of the options in weight-options.ts, in both languages. */
import { biasInitializerTexts, kernelInitializerTexts, l1Texts, l2Texts } from "./fields.ts";

export const initializerValueTexts = {
  en: {
    label: "Initializer's number",
    help: "constant: the number itself (0.1 if empty). Normal: the deviation, uniform: the limit (0.05 if empty).",
  },
  zh: { label: "初始化数值", help: "constant：该常数本身（留空为 0.1）。正态：标准差，均匀：界限（留空为 0.05）。" },
} as const;
export const constraintTexts = {
  en: {
    label: "Constraint",
    help: "What the weights must keep to after every step. max_norm: no longer than a limit. unit_norm: of length one. non_neg: not below zero.",
  },
  zh: { label: "权重约束", help: "每一步之后权重必须满足的条件。max_norm：长度不超过上限；unit_norm：长度为一；non_neg：不小于零。" },
} as const;
export const maxNormTexts = {
  en: { label: "Longest norm", help: "Longer weights are shortened to this length." },
  zh: { label: "最大范数", help: "超过此长度的权重会被缩短到此长度。" },
} as const;
export const normAxesTexts = {
  en: {
    label: "Norm over",
    help: "Which weights make one length. first: along the first axis, Keras's axis=0; of a dense layer these are the weights into one unit. all_but_last: of a convolution, the weights into one filter. last: along the last axis, one vector of an embedding.",
  },
  zh: {
    label: "范数的轴",
    help: "哪些权重合成一个长度。first：沿第一个轴（Keras 的 axis=0），对全连接层即进入一个单元的权重。all_but_last：对卷积即进入一个滤波器的权重。last：沿最后一个轴，即嵌入的一个向量。",
  },
} as const;
export const biasConstraintTexts = {
  en: { label: "Constraint of the bias", help: "What the biases must keep to after every step; a norm is that of all biases together." },
  zh: { label: "偏置约束", help: "每一步之后偏置必须满足的条件；范数取全部偏置。" },
} as const;
export const biasL1Texts = {
  en: { label: "L1 penalty of the bias", help: "Adds this times Σ|b| to the loss." },
  zh: { label: "偏置的 L1 惩罚", help: "把它乘以 Σ|b| 加到损失上。" },
} as const;
export const biasL2Texts = {
  en: { label: "L2 penalty of the bias", help: "Adds this times Σb² to the loss." },
  zh: { label: "偏置的 L2 惩罚", help: "把它乘以 Σb² 加到损失上。" },
} as const;
export const activityL1Texts = {
  en: {
    label: "L1 penalty of the output",
    help: "Adds this times Σ|y| of a sample to the loss, as a mean over the batch: few units answer at a time.",
  },
  zh: { label: "输出的 L1 惩罚", help: "把它乘以每个样本的 Σ|y|（对批取平均）加到损失上：同时响应的单元变少。" },
} as const;
export const activityL2Texts = {
  en: {
    label: "L2 penalty of the output",
    help: "Adds this times Σy² of a sample to the loss, as a mean over the batch: outputs stay small.",
  },
  zh: { label: "输出的 L2 惩罚", help: "把它乘以每个样本的 Σy²（对批取平均）加到损失上：输出保持较小。" },
} as const;

const inLanguage = (language: "en" | "zh") => ({
  kernel_initializer: kernelInitializerTexts[language],
  kernel_initializer_value: initializerValueTexts[language],
  bias_initializer: biasInitializerTexts[language],
  bias_initializer_value: initializerValueTexts[language],
  l1: l1Texts[language],
  l2: l2Texts[language],
  bias_l1: biasL1Texts[language],
  bias_l2: biasL2Texts[language],
  activity_l1: activityL1Texts[language],
  activity_l2: activityL2Texts[language],
  kernel_constraint: constraintTexts[language],
  kernel_max_norm: maxNormTexts[language],
  kernel_norm_axes: normAxesTexts[language],
  bias_constraint: biasConstraintTexts[language],
  bias_max_norm: maxNormTexts[language],
});

/** For the `fields` of a layer that has {@link weightOptions}. */
export const weightTexts = { en: inLanguage("en"), zh: inLanguage("zh") } as const;
