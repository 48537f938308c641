import type { BaselineDefinition } from "../baseline.ts";

export default {
  name: "majority_or_mean",
  texts: {
    en: {
      label: "Majority or mean",
      summary: "Says the same of every row: the shares of the classes, or the mean; of what an autoencoder gives back the mean row.",
    },
    zh: { label: "多数类或均值", summary: "对每一行给出相同的结果：各类别的比例，或均值；对自编码器则为平均行。" },
  },
  rank: 10,
  appliesTo: () => true,
  takesGaps: true,
  source: "DummyClassifier(strategy='prior'), DummyRegressor(strategy='mean')",
} satisfies BaselineDefinition;
