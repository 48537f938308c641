import type { ActivationDefinition } from "../activation.ts";

export default {
  name: "softplus",
  texts: {
    en: { label: "Softplus", summary: "y = log(1 + eˣ): a smooth ReLU, always above zero." },
    zh: { label: "Softplus", summary: "y = log(1 + eˣ)：平滑的 ReLU，总大于零。" },
  },
  schema: {},
  op: "unary",
  saturates: false,
  gives: "values",
  pytorch: (x) => `torch.nn.functional.softplus(${x})`,
  keras: "softplus",
} satisfies ActivationDefinition;
