import type { LossDefinition } from "../loss.ts";

export default {
  name: "huber",
  texts: {
    en: { label: "Huber", summary: "Squared up to a distance of 1, straight beyond: outliers pull less than with squared error." },
    zh: { label: "Huber 损失", summary: "距离不超过 1 时为平方，之外为直线：离群值的影响小于平方误差。" },
  },
  expects: "values",
  encodings: ["value"],
  op: "elementwise_loss",
  pytorch: (p, t) => `torch.nn.functional.huber_loss(${p}, ${t}, delta=1.0)`,
  keras: "huber",
} satisfies LossDefinition;
