import type { ActivationDefinition } from "../activation.ts";

export default {
  name: "softmax",
  texts: {
    en: { label: "Softmax", summary: "Turns a row of scores into probabilities that sum to one." },
    zh: { label: "Softmax", summary: "把一行得分变成总和为一的概率。" },
  },
  schema: {},
  op: "softmax",
  saturates: false,
  gives: "row_probabilities",
  pytorch: (x) => `torch.softmax(${x}, -1)`,
  keras: "softmax",
} satisfies ActivationDefinition;
