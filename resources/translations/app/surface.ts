/** The picture over two columns: names of controls, what is held where, and why there is none. */
import type { Catalogue } from "../translate.ts";

export const surfaceTexts = {
  "surface.text": [
    "What the network says over the whole plane of its two columns, with the rows of the data on it.",
    "网络在两列构成的整个平面上的输出，以及数据中的各行。",
  ],
  "surface.x": ["Across", "横轴"],
  "surface.y": ["Up", "纵轴"],
  "surface.output": ["Output", "输出"],
  "surface.of": ["Of", "目标"],
  "surface.classes": ["The class it says", "判定的类别"],
  "surface.held": ["Other columns", "其他列"],
  "surface.held.usual": ["At their usual values", "取常见值"],
  "surface.held.row": ["As a row has them", "取某一行的值"],
  "surface.rows": ["Rows on it", "绘出的行"],
  "surface.rows.both": ["Training and validation", "训练与验证"],
  "surface.rows.none": ["None", "不绘出"],
  "surface.held_usual": [
    "The other {count} {count|column is|columns are} held at what is usual among {rows} training rows: the median of numbers, the most frequent word.",
    "其余 {count} 列固定为 {rows} 个训练行中的常见值：数值取中位数，类别取最常见者。",
  ],
  "surface.held_row": [
    "The other {count} {count|column is|columns are} held as row {row} has them.",
    "其余 {count} 列固定为第 {row} 行的值。",
  ],
  "surface.points_differ": [
    "Rows that are drawn have values of their own there: the plane may say something else of them.",
    "图中各行在这些列上有各自的取值，因此平面上的输出可能与它们的预测不同。",
  ],
  "surface.held_list": ["What they are held at", "各列的固定值"],
  "surface.held_missing": ["missing", "缺失"],
  "surface.held_picture": ["a picture", "一张图片"],
  "surface.working": ["Asking the network over the plane…", "正在计算整个平面上的输出…"],
  "surface.probability": ["Probability of {name}", "{name} 的概率"],
  "surface.score": ["Score of {name}", "{name} 的得分"],
  "surface.threshold": ["counts as yes above {threshold}", "高于 {threshold} 判为是"],
  "surface.class": ["Class {name}", "类别 {name}"],
  "surface.class_not": ["Not {name}", "非 {name}"],
  "surface.sureness": ["Fainter where it is less sure", "颜色越淡，把握越小"],
  "surface.value": ["Value", "数值"],
  "surface.value_of": ["Value of {name}", "{name} 的数值"],
  "surface.training": ["training row", "训练行"],
  "surface.validation": ["validation row", "验证行"],
  "surface.described": ["Prediction over {x} and {y}", "在 {x} 与 {y} 上的预测"],
  "surface.none": ["No picture over two columns", "没有两列上的图像"],
  "surface.none_series": [
    "This network reads windows of a series: what it says hangs on all the rows before, not on two values. Its fitted curve stands under Curve.",
    "此网络读取序列的窗口：其输出取决于之前的所有行，而非两个数值。拟合曲线见“拟合曲线”一栏。",
  ],
  "surface.none_graph": [
    "The rows are nodes of a graph: what the network says of one hangs on its links too. Look inside shows what each link is worth.",
    "各行是图的节点：网络对节点的输出还取决于其连接。可在“查看内部”中看到每个连接的作用。",
  ],
  "surface.none_columns": [
    "It takes two inputs that are columns of numbers, dates or categories; this network has fewer. Texts and pictures have no place along an axis: saliency and occlusion under Look inside show what matters in them.",
    "需要两个数值、日期或类别列作为输入，而此网络不足两个。文本和图片无法放在坐标轴上：“查看内部”中的显著性与遮挡会显示其中重要的部分。",
  ],
} as const satisfies Catalogue;
