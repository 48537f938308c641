import { epsilonTexts } from "../fields.ts";
import type { Language, LayerTexts } from "../layer.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "Batch normalization",
    summary: "Gives every feature mean 0 and deviation 1 over the batch, then a learned scale and offset.",
    fields: {
      momentum: {
        label: "Momentum",
        help: "How slowly the moving mean and variance follow the batches; they are what predictions use. PyTorch's 0.1 is 0.9 here.",
      },
      epsilon: epsilonTexts.en,
      center: { label: "Learn an offset", help: "Adds a learned beta." },
      scale: { label: "Learn a scale", help: "Multiplies by a learned gamma." },
    },
  },
  zh: {
    label: "批归一化",
    summary: "在批次上使每个特征均值为 0、标准差为 1，再乘以学到的比例并加上偏移。",
    fields: {
      momentum: { label: "动量", help: "滑动均值与方差跟随批次的快慢，预测时使用它们。PyTorch 的 0.1 在这里是 0.9。" },
      epsilon: epsilonTexts.zh,
      center: { label: "学习偏移", help: "加上学到的 beta。" },
      scale: { label: "学习比例", help: "乘以学到的 gamma。" },
    },
  },
};
