/** Texts of core/data/graph and core/data/text: rows that are nodes of one graph, and what is made of texts. Rows are counted from 1. */
import type { Catalogue } from "../translate.ts";

export const dataGraphErrors = {
  "data.graph_not_a_table": ["'{file}' is not a table. Choose a CSV or TSV file.", "“{file}”不是表。请选择 CSV 或 TSV 文件。"],
  "data.graph_with_other": [
    "The rows are nodes of one graph, and '{option}' does not go with that. Take it out of the data, or leave the graph out.",
    "各行是同一张图的节点，不能与“{option}”一起使用。请从数据中去掉它，或不使用图。",
  ],
  "data.graph_one_output": [
    "Where the rows are nodes of a graph the network needs exactly one output that is compared with a column; it has {count}.",
    "当各行是图的节点时，网络恰好需要一个与列比较的输出；现有 {count} 个。",
  ],
  "data.graph_needs_classes": [
    "Nodes of a graph can be told apart by classes only: one target column, and a loss for classes by index. Choose categorical_crossentropy.",
    "图的节点只能按类别区分：需要一个目标列和按类别编号的损失。请选择 categorical_crossentropy。",
  ],
  "data.graph_no_features": [
    "This input asks for numbers of the nodes, but the data have none beside the graph. Leave the port of the features empty: then every node is its own feature.",
    "该输入需要节点的数值，但数据除图外没有。请让特征端口空着：每个节点即为自己的特征。",
  ],
  "data.graph_needs_edges": [
    "The rows are nodes of a graph, but no input leads to a port for a graph. Join an input to the 'graph' port of a graph convolution.",
    "各行是图的节点，但没有输入连到图端口。请把一个输入连到图卷积的“graph”端口。",
  ],
  "data.graph_needs_mask": [
    "Only some nodes have a class that counts, but the output has no mask. Join an input of its own to the 'mask' port of the output.",
    "只有部分节点的类别计入损失，但输出没有掩码。请把单独的一个输入连到输出的“mask”端口。",
  ],
  "data.link_wrong": [
    "Row {row} has the link '{value}'. Expected the name of a node, or a name, a colon and a weight that is not negative (n3 or n3:0.5), parted by spaces.",
    "第 {row} 行有链接“{value}”。应为节点名，或节点名、冒号和非负权重（n3 或 n3:0.5），以空格分隔。",
  ],
  "data.link_unknown": [
    "Row {row} has a link to '{name}' in '{column}', but no row has that name. Correct the file, or add the node.",
    "第 {row} 行的“{column}”链接到“{name}”，但没有这个名称的行。请改正文件，或补上该节点。",
  ],
  "data.node_unnamed": [
    "Row {row} has no name in '{column}'. Every node needs one.",
    "第 {row} 行的“{column}”没有名称。每个节点都需要名称。",
  ],
  "data.node_twice": [
    "Row {row} has the name '{name}' in '{column}', which an earlier row has too. Names of nodes must differ.",
    "第 {row} 行的“{column}”名称为“{name}”，与前面的行重复。节点名称不能相同。",
  ],
  "data.edge_columns": [
    "'{file}' has the columns {columns}. An edge table needs two that name nodes, best called source and target, and may have a weight.",
    "“{file}”的列为 {columns}。边表需要两列节点名称（最好名为 source 和 target），还可以有权重列 weight。",
  ],
  "data.edge_unknown_node": [
    "{count} edges in '{file}' end at nodes that '{nodes}' does not have, the first in row {row}, column {column}: '{name}'. Add the nodes, or correct the names.",
    "“{file}”中有 {count} 条边的端点不在“{nodes}”中，首个在第 {row} 行列 {column}：“{name}”。请补上节点或改正名称。",
  ],
  "data.edge_weight": [
    "'{file}' has the weight '{value}' in row {row}, column {column}. Expected numbers that are not negative.",
    "“{file}”第 {row} 行列 {column} 的权重为“{value}”。应为非负数。",
  ],
  "data.edge_node_twice": [
    "The node '{name}' in row {row}, column {column} of '{file}' stands there before, or has no name. Names of nodes must differ.",
    "“{file}”第 {row} 行列 {column} 的节点“{name}”此前已出现，或没有名称。节点名称不能相同。",
  ],
  "data.text_too_long": [
    "'{file}' is larger than {megabytes} MB: more than one text of a set may be. Split it, or leave it out.",
    "“{file}”超过 {megabytes} MB，一条文本不能这么大。请拆分或去掉它。",
  ],
  "data.one_class_of_texts": [
    "All texts of '{file}' are of one class, '{label}'. Expected a folder of .txt files for each class, or files with one text a line ending in .pos and .neg.",
    "“{file}”中的文本都属于同一类“{label}”。应为每类一个 .txt 文件夹，或以 .pos 与 .neg 结尾、每行一条文本的文件。",
  ],
  "data.augment_needs_texts": [
    "Changed copies of texts are asked for, but no feature is a text. Take the augmentation out, or make a column of texts a feature.",
    "要求生成文本的改写副本，但没有文本特征。请去掉文本增强，或把文本列设为特征。",
  ],
  "data.augment_texts_with": [
    "Changed copies of texts do not go with '{option}'. Take one of the two out.",
    "文本的改写副本不能与“{option}”一起使用。请去掉其中一个。",
  ],
  "data.synonyms_line": [
    "Line {line} of the synonyms has one word only: '{value}'. Expected words that mean the same, parted by commas.",
    "同义词表第 {line} 行只有一个词：“{value}”。应为以逗号分隔的近义词。",
  ],
} satisfies Catalogue;
