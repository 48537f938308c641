import type { InitializerDefinition } from "../initializer.ts";

export default {
  name: "orthogonal",
  texts: {
    en: {
      label: "Orthogonal",
      summary:
        "Rows or columns at right angles and of length 1: nothing grows or shrinks on its way through. The usual choice for recurrent weights.",
    },
    zh: { label: "正交", summary: "行或列两两垂直且长度为 1：信号经过时既不放大也不缩小。循环权重的常用选择。" },
  },
  axes: { min: 2, max: 6 },
} satisfies InitializerDefinition;
