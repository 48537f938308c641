import type { ActivationDefinition } from "../activation.ts";

export default {
  name: "sigmoid",
  texts: {
    en: { label: "Sigmoid", summary: "y = 1 / (1 + e⁻ˣ): a probability between 0 and 1." },
    zh: { label: "Sigmoid", summary: "y = 1 / (1 + e⁻ˣ)：0 到 1 之间的概率。" },
  },
  schema: {},
  op: "unary",
  saturates: true,
  gives: "each_probability",
  pytorch: (x) => `torch.sigmoid(${x})`,
  keras: "sigmoid",
} satisfies ActivationDefinition;
