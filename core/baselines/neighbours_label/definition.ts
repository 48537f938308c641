import type { BaselineDefinition } from "../baseline.ts";

export default {
  name: "neighbours_label",
  texts: {
    en: {
      label: "Neighbours' label",
      summary: "What a node's neighbours are, by weight: labels of the training nodes, passed on along the edges.",
    },
    zh: { label: "邻居标签", summary: "按边的权重取邻居的类别：训练节点的标签沿边传播。" },
  },
  rank: 15,
  appliesTo: ({ kind, graph }) => kind === "classes" && graph !== undefined,
  takesGaps: true,
  source:
    "label propagation with the training labels held (Zhu and Ghahramani, 2002), at most 100 rounds; a node's own label does not speak for it",
} satisfies BaselineDefinition;
