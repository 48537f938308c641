import type { LossDefinition } from "../loss.ts";

export default {
  name: "binary_crossentropy",
  texts: {
    en: {
      label: "Binary cross-entropy",
      summary: "For two classes, or several yes/no answers: −t·log p − (1 − t)·log(1 − p). Comes after a sigmoid.",
    },
    zh: { label: "二元交叉熵", summary: "用于两类或多个是/否判断：−t·log p − (1 − t)·log(1 − p)。放在 sigmoid 之后。" },
  },
  expects: "each_probability",
  encodings: ["binary", "multi_binary", "one_hot"],
  op: "elementwise_loss",
  smoothsLabels: true,
  pytorch: (p, t, smoothing) =>
    `torch.nn.functional.binary_cross_entropy(${p}, ${smoothing === 0 ? t : `${t} * ${1 - smoothing} + ${smoothing / 2}`})`,
  keras: "binary_crossentropy",
} satisfies LossDefinition;
