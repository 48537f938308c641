import type { ActivationDefinition } from "../activation.ts";

export default {
  name: "softsign",
  texts: {
    en: { label: "Softsign", summary: "y = x / (1 + |x|): like tanh, with longer tails." },
    zh: { label: "Softsign", summary: "y = x / (1 + |x|)：类似 tanh，尾部更长。" },
  },
  schema: {},
  op: "unary",
  saturates: true,
  gives: "values",
  pytorch: (x) => `torch.nn.functional.softsign(${x})`,
  keras: "softsign",
} satisfies ActivationDefinition;
