/** Texts of what may be wrong when somebody looks inside a layer. */
import type { Catalogue } from "../translate.ts";

export const insideErrors: Catalogue = {
  "inside.no_such_view": ["This layer has nothing to show under '{view}'.", "此层没有可在“{view}”下显示的内容。"],
  "inside.no_such_row": ["The data set has no row {row}.", "数据集没有第 {row} 行。"],
  "inside.row_left_out": [
    "Row {row} is not among what the network reads: the preparation leaves it out. Choose another row.",
    "第 {row} 行不在网络读取的数据中：预处理会把它排除。请选择其他行。",
  ],
  "inside.no_such_output": ["The network gives no such number to explain.", "网络没有这样的输出可供解释。"],
  "inside.cancelled": ["It was cancelled.", "已取消。"],
  "inside.not_begun": [
    "'{name}' has no weights to look at yet: it is still preparing, or it has just ended.",
    "“{name}”还没有可查看的权重：它仍在准备，或刚刚结束。",
  ],
  "inside.umap_too_few": [
    "UMAP needs at least {fewest} vectors; this layer has {count}. Principal components show them.",
    "UMAP 至少需要 {fewest} 个向量，此层只有 {count} 个。可改用主成分显示。",
  ],
  "inside.umap_not_finite": [
    "Some of the vectors are not finite numbers, so that they have no neighbours.",
    "部分向量不是有限的数，因此没有近邻。",
  ],
  "inside.thread_died": [
    "The look inside ended unexpectedly: {detail}. Ask again; the training is not affected.",
    "查看内部意外结束：{detail}。请重试；训练不受影响。",
  ],
  "inside.needs_target": ["The loss of this row is not known: its target is missing.", "此行缺少目标值，无法得知其损失。"],
};
