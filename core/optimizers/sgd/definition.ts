import { bool, float } from "../../schema/fields.ts";
import { LEARNING_RATE_LADDER, learningRateText, type OptimizerDefinition } from "../optimizer.ts";

export default {
  name: "sgd",
  schema: {
    learning_rate: float({ default: 0.01, min: 0, max: 100, exclusiveMin: true, ladder: LEARNING_RATE_LADDER }),
    momentum: float({ default: 0, min: 0, max: 1, exclusiveMax: true }),
    nesterov: bool({ default: false }),
  },
  texts: {
    en: {
      label: "SGD",
      summary: "Steps straight down the gradient of the batch, with momentum if wanted.",
      fields: {
        learning_rate: learningRateText.en,
        momentum: { label: "Momentum", help: "Share of the last step kept in the next one; 0.9 is usual." },
        nesterov: { label: "Nesterov", help: "Looks ahead by the momentum before it takes the gradient." },
      },
    },
    zh: {
      label: "SGD",
      summary: "沿批次梯度直接下降，可带动量。",
      fields: {
        learning_rate: learningRateText.zh,
        momentum: { label: "动量", help: "上一步保留到下一步的比例，常用 0.9。" },
        nesterov: { label: "Nesterov", help: "先按动量向前看，再取梯度。" },
      },
    },
  },
  // PyTorch refuses Nesterov without momentum, where it changes nothing.
  pytorch: (c) =>
    `torch.optim.SGD(model.parameters(), lr=${c["learning_rate"]}, momentum=${c["momentum"]}, nesterov=${c["nesterov"] === true && c["momentum"] !== 0 ? "True" : "False"})`,
  keras: "SGD",
} satisfies OptimizerDefinition;
