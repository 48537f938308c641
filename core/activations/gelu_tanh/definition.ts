/** Keras has it as gelu with approximate=True, which its registry of names does not reach: an exporter has to say it so. */
import type { ActivationDefinition } from "../activation.ts";

export default {
  name: "gelu_tanh",
  texts: {
    en: {
      label: "GELU (tanh)",
      summary: "GELU with Φ approximated by tanh, as GPT-2 and BERT were trained: within 0.0005 of the exact one.",
    },
    zh: { label: "GELU（tanh）", summary: "用 tanh 近似 Φ 的 GELU，GPT-2 与 BERT 训练时所用：与精确值相差不到 0.0005。" },
  },
  schema: {},
  op: "unary",
  saturates: false,
  gives: "values",
  pytorch: (x) => `torch.nn.functional.gelu(${x}, approximate='tanh')`,
  keras: "gelu_tanh",
  kerasCode: "lambda v: keras.activations.gelu(v, approximate=True)",
} satisfies ActivationDefinition;
