import type { ActivationDefinition } from "../activation.ts";

export default {
  name: "silu",
  texts: {
    en: { label: "SiLU (Swish)", summary: "y = x·sigmoid(x): like ReLU, but smooth, with a small dip below zero." },
    zh: { label: "SiLU（Swish）", summary: "y = x·sigmoid(x)：类似 ReLU 但平滑，略低于零处有小凹。" },
  },
  schema: {},
  op: "unary",
  saturates: false,
  gives: "values",
  pytorch: (x) => `torch.nn.functional.silu(${x})`,
  keras: "silu",
} satisfies ActivationDefinition;
