import type { ActivationDefinition } from "../activation.ts";

export default {
  name: "log_softmax",
  texts: {
    en: { label: "Log-softmax", summary: "Logarithms of the probabilities that softmax gives, without losing digits of small ones." },
    zh: { label: "Log-softmax", summary: "softmax 概率的对数，很小的概率也不丢失精度。" },
  },
  schema: {},
  op: "log_softmax",
  saturates: false,
  gives: "values",
  pytorch: (x) => `torch.log_softmax(${x}, -1)`,
  keras: "log_softmax",
} satisfies ActivationDefinition;
