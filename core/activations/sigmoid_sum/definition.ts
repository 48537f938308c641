/** The learned sum of the notes: y = Σ c·sigmoid(b + w·x) over the pieces, one curve for every unit. */
import type { ActivationDefinition } from "../activation.ts";
import { sumOfPieces, weightsOfPieces } from "../pieces.ts";

export default {
  name: "sigmoid_sum",
  texts: {
    en: {
      label: "Sum of sigmoids",
      summary:
        "A smooth curve that is learned, close to any piecewise-linear one: y = Σ c·sigmoid(b + w·x), with c, b and w learned for every unit.",
    },
    zh: {
      label: "Sigmoid 之和",
      summary: "可学习的光滑曲线，可逼近任意分段线性曲线：y = Σ c·sigmoid(b + w·x)，每个单元的 c、b、w 由训练得到。",
    },
  },
  schema: {},
  op: "learned",
  learned: {
    pieces: true,
    weights: weightsOfPieces,
    build: sumOfPieces("sigmoid"),
    pytorch: (x, weight) => `(${weight("c")} * torch.sigmoid(${weight("b")} + ${weight("w")} * ${x}.unsqueeze(-2))).sum(-2)`,
  },
  saturates: true,
  gives: "values",
  pytorch: (x) => `torch.sigmoid(${x})`,
  keras: "sigmoid",
} satisfies ActivationDefinition;
