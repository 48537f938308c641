import type { ActivationDefinition } from "../activation.ts";

export default {
  name: "leaky_relu",
  texts: {
    en: { label: "Leaky ReLU", summary: "y = x above zero, 0.01·x below: units never die entirely." },
    zh: { label: "带泄漏的 ReLU", summary: "大于零时 y = x，小于零时 y = 0.01·x：单元不会完全失活。" },
  },
  schema: {},
  op: "unary",
  saturates: false,
  gives: "values",
  pytorch: (x) => `torch.nn.functional.leaky_relu(${x}, 0.01)`,
  keras: "leaky_relu",
  kerasCode: "lambda v: keras.activations.leaky_relu(v, negative_slope=0.01)",
} satisfies ActivationDefinition;
