import { float } from "../../schema/fields.ts";
import { LEARNING_RATE_LADDER, learningRateText, type OptimizerDefinition } from "../optimizer.ts";

export default {
  name: "adagrad",
  schema: {
    learning_rate: float({ default: 0.001, min: 0, max: 100, exclusiveMin: true, ladder: LEARNING_RATE_LADDER }),
    initial_accumulator_value: float({ default: 0.1, min: 0, max: 1000, advanced: true }),
    epsilon: float({ default: 1e-7, min: 0, max: 1, exclusiveMin: true, advanced: true }),
  },
  texts: {
    en: {
      label: "Adagrad",
      summary: "Steps shrink with the sum of all squared gradients so far; good for rare features.",
      fields: {
        learning_rate: learningRateText.en,
        initial_accumulator_value: { label: "Initial accumulator", help: "What the sum of squares starts from." },
        epsilon: { label: "Epsilon", help: "Added to the root so that nothing is divided by zero." },
      },
    },
    zh: {
      label: "Adagrad",
      summary: "步长随累计的梯度平方和缩小，适合稀疏特征。",
      fields: {
        learning_rate: learningRateText.zh,
        initial_accumulator_value: { label: "初始累积值", help: "平方和的起始值。" },
        epsilon: { label: "Epsilon", help: "加在平方根上以免除以零。" },
      },
    },
  },
  pytorch: (c) =>
    `torch.optim.Adagrad(model.parameters(), lr=${c["learning_rate"]}, initial_accumulator_value=${c["initial_accumulator_value"]}, eps=${c["epsilon"]})`,
  keras: "Adagrad",
} satisfies OptimizerDefinition;
