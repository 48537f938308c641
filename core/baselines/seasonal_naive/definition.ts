import type { BaselineDefinition } from "../baseline.ts";

export default {
  name: "seasonal_naive",
  texts: {
    en: { label: "Seasonal naive", summary: "The value one season ago: the number of steps back that fits the training rows best." },
    zh: { label: "季节性朴素预测", summary: "取一个季节前的值：选用在训练行上最准的间隔。" },
  },
  rank: 15,
  appliesTo: ({ kind, window }) => kind === "numbers" && window !== null && window.target >= 0,
  source:
    "the value s steps before, s of 1, 7, 12, 24, 28, 30, 52, 365 within the window (and its horizon) with the least squared error in training",
} satisfies BaselineDefinition;
