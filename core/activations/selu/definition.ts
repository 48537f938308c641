import type { ActivationDefinition } from "../activation.ts";

export default {
  name: "selu",
  texts: {
    en: {
      label: "SELU",
      summary: "ELU scaled so that mean 0 and variance 1 keep themselves through deep dense networks; wants LeCun normal weights.",
    },
    zh: { label: "SELU", summary: "经缩放的 ELU，使均值 0、方差 1 在很深的全连接网络中自行保持；宜配 LeCun 正态初始化。" },
  },
  schema: {},
  op: "unary",
  saturates: false,
  gives: "values",
  pytorch: (x) => `torch.selu(${x})`,
  keras: "selu",
} satisfies ActivationDefinition;
