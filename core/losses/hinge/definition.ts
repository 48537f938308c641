import type { LossDefinition } from "../loss.ts";

export default {
  name: "hinge",
  texts: {
    en: { label: "Hinge", summary: "max(0, 1 − t·y) with targets −1 and +1: the loss of the support vector machine." },
    zh: { label: "合页损失", summary: "max(0, 1 − t·y)，目标为 −1 与 +1：支持向量机的损失。" },
  },
  expects: "scores",
  encodings: ["sign"],
  op: "elementwise_loss",
  pytorch: (p, t) => `torch.mean(torch.relu(1 - ${t} * ${p}))`,
  keras: "hinge",
} satisfies LossDefinition;
