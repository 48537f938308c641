import type { Language, LayerTexts } from "../layer.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "Output and loss",
    summary: "What the network should give, and how far off it is.",
    fields: {
      loss: { label: "Loss", help: "How wrong a prediction is: squared error for numbers, cross-entropy for classes." },
      target: { label: "Target", help: "The columns to predict; none chosen means the target of the data." },
      target_input: {
        label: "Target is an input",
        help: "Name of an input whose values are to be reproduced (an autoencoder). Empty: the target columns.",
      },
      loss_weight: { label: "Loss weight", help: "Weight of this loss in the sum when there are several outputs." },
      label_smoothing: {
        label: "Label smoothing",
        help: "Share of the target that is spread over all classes; 0.1 is usual. The network grows less sure of itself.",
      },
    },
  },
  zh: {
    label: "输出与损失",
    summary: "网络应当给出什么，以及它差多远。",
    fields: {
      loss: { label: "损失", help: "预测错得有多远：数值用平方误差，类别用交叉熵。" },
      target: { label: "目标", help: "要预测的列；不选表示数据的目标列。" },
      target_input: { label: "目标是某个输入", help: "要还原其数值的输入的名称（自编码器）。留空表示目标列。" },
      loss_weight: { label: "损失权重", help: "有多个输出时，这个损失在总和中的权重。" },
      label_smoothing: { label: "标签平滑", help: "把目标中的这一份均摊到所有类别，常用 0.1。网络会不那么自信。" },
    },
  },
};
