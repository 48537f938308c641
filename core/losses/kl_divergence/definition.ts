import type { LossDefinition } from "../loss.ts";

export default {
  name: "kl_divergence",
  texts: {
    en: {
      label: "KL divergence",
      summary: "How far predicted probabilities are from given ones: Σ t·log(t / p) a row. Comes after a softmax.",
    },
    zh: { label: "KL 散度", summary: "预测的概率与给定概率相差多远：每行 Σ t·log(t / p)。放在 softmax 之后。" },
  },
  expects: "row_probabilities",
  encodings: ["one_hot", "value"],
  op: "elementwise_loss",
  pytorch: (p, t) => `torch.mean(torch.sum(${t}.clamp(1e-7, 1) * torch.log(${t}.clamp(1e-7, 1) / ${p}.clamp(1e-7, 1)), -1))`,
  keras: "kl_divergence",
} satisfies LossDefinition;
