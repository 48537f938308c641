import { float } from "../../schema/fields.ts";
import { LEARNING_RATE_LADDER, learningRateText, type OptimizerDefinition } from "../optimizer.ts";

export default {
  name: "gradient_descent",
  schema: {
    learning_rate: float({ default: 0.01, min: 0, max: 100, exclusiveMin: true, ladder: LEARNING_RATE_LADDER }),
  },
  texts: {
    en: {
      label: "Gradient descent (all rows)",
      summary: "Steps straight down the gradient of all training rows: one step an epoch, without the noise of batches.",
      fields: { learning_rate: learningRateText.en },
    },
    zh: {
      label: "梯度下降（全部行）",
      summary: "沿全部训练行的梯度直接下降：每轮一步，没有批次带来的噪声。",
      fields: { learning_rate: learningRateText.zh },
    },
  },
  takesAllRows: true,
  pytorch: (c) => `torch.optim.SGD(model.parameters(), lr=${c["learning_rate"]})`,
  keras: "SGD",
} satisfies OptimizerDefinition;
