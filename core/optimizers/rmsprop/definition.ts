import { float } from "../../schema/fields.ts";
import { LEARNING_RATE_LADDER, learningRateText, type OptimizerDefinition } from "../optimizer.ts";

export default {
  name: "rmsprop",
  schema: {
    learning_rate: float({ default: 0.001, min: 0, max: 100, exclusiveMin: true, ladder: LEARNING_RATE_LADDER }),
    rho: float({ default: 0.9, min: 0, max: 1, exclusiveMax: true, advanced: true }),
    momentum: float({ default: 0, min: 0, max: 1, exclusiveMax: true, advanced: true }),
    epsilon: float({ default: 1e-7, min: 0, max: 1, exclusiveMin: true, advanced: true }),
  },
  texts: {
    en: {
      label: "RMSprop",
      summary: "Divides every step by the recent size of its gradient.",
      fields: {
        learning_rate: learningRateText.en,
        rho: { label: "Rho", help: "How slowly the mean of the squared gradient moves." },
        momentum: { label: "Momentum", help: "Share of the last step kept in the next one." },
        epsilon: { label: "Epsilon", help: "Added to the root so that nothing is divided by zero." },
      },
    },
    zh: {
      label: "RMSprop",
      summary: "用梯度近期的大小去除每一步。",
      fields: {
        learning_rate: learningRateText.zh,
        rho: { label: "Rho", help: "梯度平方均值变化的快慢。" },
        momentum: { label: "动量", help: "上一步保留到下一步的比例。" },
        epsilon: { label: "Epsilon", help: "加在平方根上以免除以零。" },
      },
    },
  },
  pytorch: (c) =>
    `torch.optim.RMSprop(model.parameters(), lr=${c["learning_rate"]}, alpha=${c["rho"]}, momentum=${c["momentum"]}, eps=${c["epsilon"]})`,
  keras: "RMSprop",
} satisfies OptimizerDefinition;
