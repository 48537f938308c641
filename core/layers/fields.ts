/** Fields that many layers share: activation, initializer, penalties; with their words. */
import { activationDefinition, activationNames } from "../activations/definitions.ts";
import { initializerNames } from "../initializers/definitions.ts";
import { choice, float } from "../schema/fields.ts";

type ActivationName = (typeof activationNames)[number];
type InitializerName = (typeof initializerNames)[number];

export const activationField = (fallback: ActivationName = "linear") => choice({ values: activationNames, default: fallback });
/** For recurrent cells, which have no place for an activation's own weights: those with weights are not among the values. */
export const cellActivationField = (fallback: ActivationName) =>
  choice({ values: activationNames.filter((name) => activationDefinition(name).learned === undefined), default: fallback });
export const initializerField = (fallback: InitializerName) => choice({ values: initializerNames, default: fallback, advanced: true });
export const penaltyField = () => float({ default: 0, min: 0, max: 1000, advanced: true, idleAt: 0 });

export const activationTexts = {
  en: { label: "Activation", help: "The function applied to every output." },
  zh: { label: "激活函数", help: "作用于每个输出的函数。" },
} as const;
export const kernelInitializerTexts = {
  en: { label: "Kernel initializer", help: "What the weights start from. Glorot suits tanh and sigmoid, He suits relu." },
  zh: { label: "权重初始化", help: "权重的起始值。Glorot 适合 tanh 和 sigmoid，He 适合 relu。" },
} as const;
export const biasInitializerTexts = {
  en: { label: "Bias initializer", help: "What the biases start from." },
  zh: { label: "偏置初始化", help: "偏置的起始值。" },
} as const;
export const useBiasTexts = {
  en: { label: "Use bias", help: "Adds a number of its own to every output." },
  zh: { label: "使用偏置", help: "给每个输出加上一个可学习的数。" },
} as const;
export const l1Texts = {
  en: { label: "L1 penalty", help: "Adds this times Σ|w| to the loss: weights that do not help go to zero." },
  zh: { label: "L1 惩罚", help: "把它乘以 Σ|w| 加到损失上：无用的权重会变成零。" },
} as const;
export const l2Texts = {
  en: { label: "L2 penalty", help: "Adds this times Σw² to the loss: weights stay small." },
  zh: { label: "L2 惩罚", help: "把它乘以 Σw² 加到损失上：权重保持较小。" },
} as const;
export const epsilonTexts = {
  en: { label: "Epsilon", help: "Added to the variance so that nothing is divided by zero." },
  zh: { label: "Epsilon", help: "加在方差上以免除以零。" },
} as const;
