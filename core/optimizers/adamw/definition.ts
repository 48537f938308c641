import { bool, float } from "../../schema/fields.ts";
import { LEARNING_RATE_LADDER, learningRateText, type OptimizerDefinition } from "../optimizer.ts";

export default {
  name: "adamw",
  schema: {
    learning_rate: float({ default: 0.001, min: 0, max: 100, exclusiveMin: true, ladder: LEARNING_RATE_LADDER }),
    weight_decay: float({ default: 0.004, min: 0, max: 10 }),
    beta_1: float({ default: 0.9, min: 0, max: 1, exclusiveMax: true, advanced: true }),
    beta_2: float({ default: 0.999, min: 0, max: 1, exclusiveMax: true, advanced: true }),
    epsilon: float({ default: 1e-7, min: 0, max: 1, exclusiveMin: true, advanced: true }),
    amsgrad: bool({ default: false, advanced: true }),
  },
  texts: {
    en: {
      label: "AdamW",
      summary: "Adam that also draws every weight towards zero, by itself and not through the gradient: the usual choice for transformers.",
      fields: {
        learning_rate: learningRateText.en,
        weight_decay: {
          label: "Weight decay",
          help: "Each step takes this share of the weight away, times the learning rate. Biases too, as in Keras and PyTorch.",
        },
        beta_1: { label: "Beta 1", help: "How slowly the mean of the gradient moves." },
        beta_2: { label: "Beta 2", help: "How slowly the mean of the squared gradient moves." },
        epsilon: {
          label: "Epsilon",
          help: "Added to the root so that nothing is divided by zero; after the bias correction, as in PyTorch.",
        },
        amsgrad: { label: "AMSGrad", help: "Divides by the largest mean of the squared gradient so far: steps never grow back." },
      },
    },
    zh: {
      label: "AdamW",
      summary: "在 Adam 的基础上让每个权重自行向零衰减，而不经过梯度：Transformer 的常用选择。",
      fields: {
        learning_rate: learningRateText.zh,
        weight_decay: { label: "权重衰减", help: "每一步按此比例乘以学习率削减权重；偏置也是，与 Keras、PyTorch 相同。" },
        beta_1: { label: "Beta 1", help: "梯度均值变化的快慢。" },
        beta_2: { label: "Beta 2", help: "梯度平方均值变化的快慢。" },
        epsilon: { label: "Epsilon", help: "加在平方根上以免除以零；在偏差修正之后加，与 PyTorch 相同。" },
        amsgrad: { label: "AMSGrad", help: "除以迄今最大的梯度平方均值：步长不会再变大。" },
      },
    },
  },
  pytorch: (c) =>
    `torch.optim.AdamW(model.parameters(), lr=${c["learning_rate"]}, betas=(${c["beta_1"]}, ${c["beta_2"]}), eps=${c["epsilon"]}, weight_decay=${c["weight_decay"]}${c["amsgrad"] === true ? ", amsgrad=True" : ""})`,
  keras: "AdamW",
} satisfies OptimizerDefinition;
