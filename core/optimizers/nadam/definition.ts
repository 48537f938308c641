import { float } from "../../schema/fields.ts";
import { LEARNING_RATE_LADDER, learningRateText, type OptimizerDefinition } from "../optimizer.ts";

export default {
  name: "nadam",
  schema: {
    learning_rate: float({ default: 0.001, min: 0, max: 100, exclusiveMin: true, ladder: LEARNING_RATE_LADDER }),
    beta_1: float({ default: 0.9, min: 0, max: 1, exclusiveMax: true, advanced: true }),
    beta_2: float({ default: 0.999, min: 0, max: 1, exclusiveMax: true, advanced: true }),
    epsilon: float({ default: 1e-7, min: 0, max: 1, exclusiveMin: true, advanced: true }),
  },
  texts: {
    en: {
      label: "Nadam",
      summary: "Adam with Nesterov's look ahead: the momentum's next step is taken at once.",
      fields: {
        learning_rate: learningRateText.en,
        beta_1: { label: "Beta 1", help: "How slowly the mean of the gradient moves." },
        beta_2: { label: "Beta 2", help: "How slowly the mean of the squared gradient moves." },
        epsilon: {
          label: "Epsilon",
          help: "Added to the root so that nothing is divided by zero; after the bias correction, as in PyTorch.",
        },
      },
    },
    zh: {
      label: "Nadam",
      summary: "带 Nesterov 前瞻的 Adam：立即走出动量的下一步。",
      fields: {
        learning_rate: learningRateText.zh,
        beta_1: { label: "Beta 1", help: "梯度均值变化的快慢。" },
        beta_2: { label: "Beta 2", help: "梯度平方均值变化的快慢。" },
        epsilon: { label: "Epsilon", help: "加在平方根上以免除以零；在偏差修正之后加，与 PyTorch 相同。" },
      },
    },
  },
  pytorch: (c) =>
    `torch.optim.NAdam(model.parameters(), lr=${c["learning_rate"]}, betas=(${c["beta_1"]}, ${c["beta_2"]}), eps=${c["epsilon"]})`,
  keras: "Nadam",
} satisfies OptimizerDefinition;
