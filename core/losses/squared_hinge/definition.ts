import type { LossDefinition } from "../loss.ts";

export default {
  name: "squared_hinge",
  texts: {
    en: { label: "Squared hinge", summary: "max(0, 1 − t·y)² with targets −1 and +1: smoother than the hinge, harder on large errors." },
    zh: { label: "平方合页损失", summary: "max(0, 1 − t·y)²，目标为 −1 与 +1：比合页损失平滑，对大误差更严。" },
  },
  expects: "scores",
  encodings: ["sign"],
  op: "elementwise_loss",
  pytorch: (p, t) => `torch.mean(torch.relu(1 - ${t} * ${p}) ** 2)`,
  keras: "squared_hinge",
} satisfies LossDefinition;
