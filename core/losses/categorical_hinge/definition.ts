import type { LossDefinition } from "../loss.ts";

export default {
  name: "categorical_hinge",
  texts: {
    en: {
      label: "Categorical hinge",
      summary: "For one of several classes: the score of the right one should lead the best of the others by 1.",
    },
    zh: { label: "多类合页损失", summary: "用于多类中选一类：正确类别的得分应比其余最高者至少高 1。" },
  },
  expects: "row_scores",
  encodings: ["class_index"],
  op: "categorical_hinge",
  pytorch: (p, t) =>
    `torch.mean(torch.relu(1 + torch.amax(${p} * (1 - torch.nn.functional.one_hot(${t}, ${p}.shape[-1])), -1) - torch.gather(${p}, -1, ${t}.unsqueeze(-1)).squeeze(-1)))`,
  keras: "categorical_hinge",
} satisfies LossDefinition;
