import type { LossDefinition } from "../loss.ts";

export default {
  name: "mse",
  texts: {
    en: { label: "Mean squared error", summary: "Mean of (prediction − target)²: the usual loss for numbers." },
    zh: { label: "均方误差", summary: "（预测 − 目标）² 的平均值：预测数值时的常用损失。" },
  },
  expects: "values",
  encodings: ["value", "one_hot", "binary"],
  op: "elementwise_loss",
  pytorch: (p, t) => `torch.nn.functional.mse_loss(${p}, ${t})`,
  keras: "mean_squared_error",
} satisfies LossDefinition;
