import { activationTexts, useBiasTexts } from "../fields.ts";
import type { Language, LayerTexts } from "../layer.ts";
import { weightTexts } from "../weight-texts.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "Graph convolution",
    summary: "Every node of a graph looks at its neighbours: y = f(Â X W + b).",
    fields: {
      units: { label: "Units", help: "How many numbers every node has afterwards." },
      normalization: {
        label: "Normalization",
        help: "Symmetric: edges are divided by the roots of both nodes' degrees, and every node has an edge to itself. None: edges as they are.",
      },
      node_count: {
        label: "Nodes",
        help: "How many nodes the graph has. Needed where no features are connected: every node is then its own feature. 0: as many as have features.",
      },
      activation: activationTexts.en,
      use_bias: useBiasTexts.en,
      ...weightTexts.en,
    },
  },
  zh: {
    label: "图卷积",
    summary: "图中每个节点都看到它的邻居：y = f(Â X W + b)。",
    fields: {
      units: { label: "单元数", help: "之后每个节点有多少个数。" },
      normalization: { label: "归一化", help: "symmetric：边除以两端节点度数的平方根，且每个节点都与自身相连。none：边权保持原样。" },
      node_count: { label: "节点数", help: "图有多少个节点。未接特征时必填：此时每个节点自身就是特征。0 表示与特征的节点数相同。" },
      activation: activationTexts.zh,
      use_bias: useBiasTexts.zh,
      ...weightTexts.zh,
    },
  },
};
