import type { ActivationDefinition } from "../activation.ts";

export default {
  name: "relu",
  texts: {
    en: { label: "ReLU", summary: "y = max(0, x): the usual choice between layers." },
    zh: { label: "ReLU", summary: "y = max(0, x)：层与层之间最常用的选择。" },
  },
  schema: {},
  op: "unary",
  saturates: false,
  floor: true,
  gives: "values",
  pytorch: (x) => `torch.relu(${x})`,
  keras: "relu",
} satisfies ActivationDefinition;
