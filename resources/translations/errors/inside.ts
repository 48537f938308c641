/** Texts of what may be wrong when somebody looks inside a layer. */
import type { Catalogue } from "../translate.ts";

export const insideErrors: Catalogue = {
  "inside.graph": [
    "The rows of this run are nodes of one graph: there is no single row to look at.",
    "此运行的行是同一张图的节点：没有可以单独查看的行。",
  ],
  "inside.no_such_view": ["This layer has nothing to show under '{view}'.", "此层没有可在“{view}”下显示的内容。"],
  "inside.no_such_row": ["The data set has no row {row}.", "数据集没有第 {row} 行。"],
  "inside.row_left_out": [
    "Row {row} is not among what the network reads: the preparation leaves it out. Choose another row.",
    "第 {row} 行不在网络读取的数据中：预处理会把它排除。请选择其他行。",
  ],
  "inside.needs_target": ["The loss of this row is not known: its target is missing.", "此行缺少目标值，无法得知其损失。"],
};
