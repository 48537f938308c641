import type { ActivationDefinition } from "../activation.ts";

export default {
  name: "relu6",
  texts: {
    en: { label: "ReLU6", summary: "y = max(0, x), and never above 6: ReLU in networks for phones (MobileNet)." },
    zh: { label: "ReLU6", summary: "y = max(0, x)，且不超过 6：用于手机网络（MobileNet）的 ReLU。" },
  },
  schema: {},
  op: "unary",
  saturates: false,
  bounded: true,
  floor: true,
  gives: "values",
  pytorch: (x) => `torch.nn.functional.relu6(${x})`,
  keras: "relu6",
} satisfies ActivationDefinition;
