import type { ActivationDefinition } from "../activation.ts";

export default {
  name: "tanh",
  texts: {
    en: { label: "Tanh", summary: "y = tanh(x): between −1 and 1, zero in the middle." },
    zh: { label: "Tanh", summary: "y = tanh(x)：在 −1 与 1 之间，以零为中心。" },
  },
  schema: {},
  op: "unary",
  saturates: true,
  gives: "values",
  pytorch: (x) => `torch.tanh(${x})`,
  keras: "tanh",
} satisfies ActivationDefinition;
