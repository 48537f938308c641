import type { ActivationDefinition } from "../activation.ts";

export default {
  name: "hard_sigmoid",
  texts: {
    en: { label: "Hard sigmoid", summary: "y = x/6 + 0.5, kept within 0 and 1." },
    zh: { label: "硬 Sigmoid", summary: "y = x/6 + 0.5，限制在 0 与 1 之间。" },
  },
  schema: {},
  op: "unary",
  saturates: true,
  gives: "each_probability",
  pytorch: (x) => `torch.nn.functional.hardsigmoid(${x})`,
  keras: "hard_sigmoid",
} satisfies ActivationDefinition;
