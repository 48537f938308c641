import type { InitializerDefinition } from "../initializer.ts";

export default {
  name: "identity",
  texts: {
    en: {
      label: "Identity",
      summary: "Ones on the diagonal, zeros beside it: the layer starts by passing on what it gets. Matrices only.",
    },
    zh: { label: "单位矩阵", summary: "对角线为 1，其余为 0：层一开始原样传递输入。仅用于矩阵。" },
  },
  axes: { min: 2, max: 2 },
} satisfies InitializerDefinition;
