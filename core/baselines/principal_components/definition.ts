import type { BaselineDefinition } from "../baseline.ts";

export default {
  name: "principal_components",
  texts: {
    en: {
      label: "Principal components",
      summary:
        "Gives the row back from as many principal components as the narrowest layer has numbers: the best that a linear autoencoder can do.",
    },
    zh: { label: "主成分还原", summary: "用与最窄层同样多的主成分还原该行：这是线性自编码器能达到的最好结果。" },
  },
  rank: 20,
  appliesTo: ({ restores, width }) => restores !== undefined && width <= 2000,
  source: "PCA(n).inverse_transform(PCA(n).transform(X)); learns from at most 10,000 evenly spaced rows",
} satisfies BaselineDefinition;
