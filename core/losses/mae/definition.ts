import type { LossDefinition } from "../loss.ts";

export default {
  name: "mae",
  texts: {
    en: { label: "Mean absolute error", summary: "Mean of |prediction − target|: outliers weigh less." },
    zh: { label: "平均绝对误差", summary: "|预测 − 目标| 的平均值：离群值影响较小。" },
  },
  expects: "values",
  encodings: ["value"],
  op: "elementwise_loss",
  pytorch: (p, t) => `torch.nn.functional.l1_loss(${p}, ${t})`,
  keras: "mean_absolute_error",
} satisfies LossDefinition;
