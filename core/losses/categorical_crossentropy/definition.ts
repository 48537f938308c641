import type { LossDefinition } from "../loss.ts";

export default {
  name: "categorical_crossentropy",
  texts: {
    en: {
      label: "Categorical cross-entropy",
      summary: "For one of several classes: −log of the probability given to the right one. Comes after a softmax.",
    },
    zh: { label: "多类交叉熵", summary: "用于多类中选一类：正确类别所得概率的 −log。放在 softmax 之后。" },
  },
  expects: "row_probabilities",
  encodings: ["class_index"],
  op: "categorical_cross_entropy",
  smoothsLabels: true,
  pytorch: (p, t, smoothing) => {
    const plain = `torch.nn.functional.nll_loss(torch.log(${p}), ${t})`;
    return smoothing === 0 ? plain : `${1 - smoothing} * ${plain} - ${smoothing} * torch.mean(torch.log(${p}))`;
  },
  keras: "sparse_categorical_crossentropy",
} satisfies LossDefinition;
