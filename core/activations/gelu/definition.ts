/** The exact form, which is what Keras and PyTorch mean by the bare name; the approximation by tanh is an activation of its own, gelu_tanh. */
import type { ActivationDefinition } from "../activation.ts";

export default {
  name: "gelu",
  texts: {
    en: { label: "GELU", summary: "y = x·Φ(x), Φ the normal distribution, computed exactly: the usual choice in transformers." },
    zh: { label: "GELU", summary: "y = x·Φ(x)，Φ 为正态分布函数，精确计算：Transformer 中最常用。" },
  },
  schema: {},
  op: "unary",
  saturates: false,
  gives: "values",
  pytorch: (x) => `torch.nn.functional.gelu(${x})`,
  keras: "gelu",
} satisfies ActivationDefinition;
