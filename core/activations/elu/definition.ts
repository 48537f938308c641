import type { ActivationDefinition } from "../activation.ts";

export default {
  name: "elu",
  texts: {
    en: { label: "ELU", summary: "y = x above zero, eˣ − 1 below: smooth, and its mean stays near zero." },
    zh: { label: "ELU", summary: "大于零时 y = x，小于零时 y = eˣ − 1：平滑，均值接近零。" },
  },
  schema: {},
  op: "unary",
  saturates: false,
  gives: "values",
  pytorch: (x) => `torch.nn.functional.elu(${x})`,
  keras: "elu",
} satisfies ActivationDefinition;
