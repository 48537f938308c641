import type { ActivationDefinition } from "../activation.ts";

export default {
  name: "hard_sigmoid_keras2",
  texts: {
    en: {
      label: "Hard sigmoid (Keras 2)",
      summary: "y = 0.2·x + 0.5, kept within 0 and 1: what Keras 2 and TensorFlow.js call hard sigmoid.",
    },
    zh: { label: "硬 Sigmoid（Keras 2）", summary: "y = 0.2·x + 0.5，限制在 0 与 1 之间：Keras 2 与 TensorFlow.js 所称的硬 Sigmoid。" },
  },
  schema: {},
  op: "unary",
  saturates: true,
  gives: "each_probability",
  pytorch: (x) => `torch.nn.functional.hardtanh(0.2 * (${x}) + 0.5, 0.0, 1.0)`,
  keras: "hard_sigmoid",
  kerasCode: "lambda v: keras.ops.clip(0.2 * v + 0.5, 0.0, 1.0)",
  olderKeras: "hard_sigmoid",
} satisfies ActivationDefinition;
