import { float } from "../../schema/fields.ts";
import { LEARNING_RATE_LADDER, learningRateText, type OptimizerDefinition } from "../optimizer.ts";

export default {
  name: "adadelta",
  schema: {
    learning_rate: float({ default: 0.001, min: 0, max: 100, exclusiveMin: true, ladder: LEARNING_RATE_LADDER }),
    rho: float({ default: 0.95, min: 0, max: 1, exclusiveMax: true, advanced: true }),
    epsilon: float({ default: 1e-7, min: 0, max: 1, exclusiveMin: true, advanced: true }),
  },
  texts: {
    en: {
      label: "Adadelta",
      summary:
        "Takes the size of each step from the sizes of the steps before. Made for a learning rate of 1; Keras's default of 0.001 hardly moves.",
      fields: {
        learning_rate: learningRateText.en,
        rho: { label: "Rho", help: "How slowly the means of squared gradients and squared steps move." },
        epsilon: { label: "Epsilon", help: "Added under both roots; it also sets how the first steps begin." },
      },
    },
    zh: {
      label: "Adadelta",
      summary: "用以往步长的大小来定每一步的大小。原意是学习率取 1；Keras 的默认值 0.001 几乎不动。",
      fields: {
        learning_rate: learningRateText.zh,
        rho: { label: "Rho", help: "梯度平方与步长平方的均值变化的快慢。" },
        epsilon: { label: "Epsilon", help: "加在两个平方根之内；也决定最初几步的大小。" },
      },
    },
  },
  findsOwnScale: true,
  pytorch: (c) => `torch.optim.Adadelta(model.parameters(), lr=${c["learning_rate"]}, rho=${c["rho"]}, eps=${c["epsilon"]})`,
  keras: "Adadelta",
} satisfies OptimizerDefinition;
