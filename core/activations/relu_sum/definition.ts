/** The learned sum of the notes: y = Σ c·relu(b + w·x) over the pieces, one curve for every unit. */
import type { ActivationDefinition } from "../activation.ts";
import { sumOfPieces, weightsOfPieces } from "../pieces.ts";

export default {
  name: "relu_sum",
  texts: {
    en: {
      label: "Sum of ReLUs",
      summary: "A piecewise-linear curve that is learned: y = Σ c·relu(b + w·x), with c, b and w learned for every unit.",
    },
    zh: { label: "ReLU 之和", summary: "可学习的分段线性曲线：y = Σ c·relu(b + w·x)，每个单元的 c、b、w 由训练得到。" },
  },
  schema: {},
  op: "learned",
  learned: {
    pieces: true,
    weights: weightsOfPieces,
    build: sumOfPieces("relu"),
    pytorch: (x, weight) => `(${weight("c")} * torch.relu(${weight("b")} + ${weight("w")} * ${x}.unsqueeze(-2))).sum(-2)`,
  },
  saturates: false,
  gives: "values",
  pytorch: (x) => `torch.relu(${x})`,
  keras: "relu",
} satisfies ActivationDefinition;
