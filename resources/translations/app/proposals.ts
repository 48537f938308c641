/** Words of the networks that are proposed for a data set (core/proposals), and of the dialog that shows them. */
import type { Catalogue } from "../translate.ts";

export const proposalTexts = {
  "proposal.several": [
    "Files that belong together are joined here first; then New from my data proposes networks for them.",
    "多个文件先在此合并；之后“用我的数据新建”会为其推荐网络。",
  ],
  "proposal.left_out": ["Left out: {names}. On the data screen any column can be used.", "未使用：{names}。可在数据页中加入。"],
  "proposal.left_out_more": [
    "Left out: {names} and {count} more. On the data screen any column can be used.",
    "未使用：{names} 等，另有 {count} 列。可在数据页中加入。",
  ],
  "proposal.table_plain": ["A straight line", "一条直线"],
  "proposal.table_plain.why": [
    "No hidden layer, a weight to read for each of the {width} inputs: what this reaches, anything larger has to beat.",
    "没有隐藏层，{width} 个输入各有可读的权重：更大的网络必须胜过它。",
  ],
  "proposal.table_hidden": ["One hidden layer", "一个隐藏层"],
  "proposal.table_hidden.why": [
    "{units} {units|unit|units} bend the line where columns act together, and are few enough for {rows} training rows.",
    "{units} 个单元可以捕捉各列的共同作用，对 {rows} 行训练数据来说也不算多。",
  ],
  "proposal.table_deep": ["Two larger layers, normalised", "两个较大的层，带归一化"],
  "proposal.table_deep.why": [
    "{rows} training rows carry a larger network; normalisation keeps it quick, dropout and early stopping keep it honest.",
    "{rows} 行训练数据足以支撑更大的网络；归一化使其训练更快，dropout 与早停防止过拟合。",
  ],
  "proposal.table_careful": ["Two layers, held back", "两层，加以约束"],
  "proposal.table_careful.why": [
    "With {rows} training rows a network soon learns by heart: dropout and early stopping hold it back.",
    "只有 {rows} 行训练数据，网络很快会死记硬背：dropout 与早停加以约束。",
  ],
  "proposal.picture_convolution": ["Convolutions, then a layer over all", "卷积加全连接层"],
  "proposal.picture_convolution.why": [
    "Pictures of {height} × {width}: {stages} {stages|convolution|convolutions} with pooling {stages|finds|find} strokes and parts wherever they are.",
    "图片为 {height} × {width}：{stages} 个带池化的卷积层可在任意位置找到笔画与部件。",
  ],
  "proposal.picture_pooled": ["Convolutions and their mean", "卷积加全局平均"],
  "proposal.picture_pooled.why": [
    "The mean over the whole picture in place of a large layer: it does not matter where in the picture something is.",
    "用全图平均代替大的全连接层：物体在图中的位置无关紧要。",
  ],
  "proposal.picture_plain": ["Every pixel for itself", "逐像素"],
  "proposal.picture_plain.why": [
    "No convolution: shows how much the place of a pixel alone tells, and what the others gain.",
    "没有卷积：显示仅凭像素位置能得到多少，以及其他网络的优势。",
  ],
  "proposal.text_counted": ["Words counted", "词频统计"],
  "proposal.text_counted.why": [
    "Which words occur, whatever their order: quick, and with {rows} training texts often the best.",
    "只看出现了哪些词，不管顺序：很快，在 {rows} 条训练文本下往往是最好的。",
  ],
  "proposal.text_averaged": ["The mean of word meanings", "词义的平均"],
  "proposal.text_averaged.why": [
    "Each of the {vocabulary} most frequent words learns a place among the others; a text is the mean of its words.",
    "最常见的 {vocabulary} 个词各自学到自己的位置；一条文本就是其词的平均。",
  ],
  "proposal.text_recurrent": ["Read word by word", "逐词阅读"],
  "proposal.text_recurrent.why": [
    "A GRU reads the first {length} words in their order: for texts where “not good” is the opposite of “good”.",
    "GRU 按顺序读取前 {length} 个词：适合“不好”与“好”相反的文本。",
  ],
  "proposal.text_graph": ["A graph of texts and words", "文本与词的图"],
  "proposal.text_graph.why": [
    "{rows} texts and their words as one graph: a text learns from those that share its words, labelled or not. Few labels go far, but making the graph and every epoch take longer.",
    "{rows} 条文本与其中的词组成一张图：文本可从共用词语的其他文本学习，无论有无标签。少量标签也够用，但建图与每一轮都更慢。",
  ],
  "proposal.picture_and_question": ["A question about each picture", "对图片提问"],
  "proposal.picture_and_question.why": [
    "An LSTM reads the words of {column}, and each of {places} places of the picture looks at them (guided attention): where the answer depends on both together.",
    "LSTM 阅读“{column}”中的词，图片的 {places} 个位置各自关注这些词（引导注意力）：适合答案取决于两者结合的情况。",
  ],
  "proposal.picture_and_columns": ["Pictures and columns, each by its own layers", "图片与其他列，各用各的层"],
  "proposal.picture_and_columns.why": [
    "Convolutions look at the picture of {height} × {width}, a dense layer at the {columns} numbers of the other columns; both are brought together.",
    "卷积层看 {height} × {width} 的图片，全连接层看其他列的 {columns} 个数；两者再合并。",
  ],
  "proposal.picture_and_columns_large": ["The same, larger and held back", "同上，更大并加以约束"],
  "proposal.picture_and_columns_large.why": [
    "Twice the filters and units, with dropout: for when the smaller one still learns at its end.",
    "滤波器与单元加倍，并用 dropout：当较小的网络到最后仍在进步时使用。",
  ],
  "proposal.series_plain": ["A weighted sum of the past", "过去值的加权和"],
  "proposal.series_plain.why": [
    "The last {length} rows, each with a weight: the forecast that everything else has to beat.",
    "最近 {length} 行各有一个权重：其他方法都须胜过这一预测。",
  ],
  "proposal.series_recurrent": ["A memory over the past", "对过去的记忆"],
  "proposal.series_recurrent.why": [
    "A GRU reads the last {length} rows in their order and keeps what matters; the newest rows are held out.",
    "GRU 按顺序读取最近 {length} 行并保留重要信息；最新的行留作验证。",
  ],
  "proposal.series_convolution": ["Shapes that come back", "反复出现的形状"],
  "proposal.series_convolution.why": [
    "A convolution looks for rises, falls and peaks anywhere in the last {length} rows.",
    "卷积在最近 {length} 行中任意位置寻找上升、下降与峰值。",
  ],
  "proposal.counting": ["Counting which words stand together…", "正在统计哪些词一起出现…"],
  "proposal.making": ["Making the project…", "正在创建项目…"],
  "proposal.title": ["New from my data", "用我的数据新建"],
  "proposal.help": ["Looks at your data and proposes networks", "查看您的数据并提出网络建议"],
  "proposal.drop": ["Drop a file here, or choose one", "将文件拖到此处，或选择文件"],
  "proposal.drop_help": [
    "A table, a zip of pictures, texts, a series: what it is and what is in it is found out. Several files that belong together are joined first.",
    "表格、图片压缩包、文本、时间序列：类型和内容会自动识别。同属一组的多个文件会先合并。",
  ],
  "proposal.choose": ["Choose a file …", "选择文件…"],
  "proposal.known": ["Or data that are here already", "或使用已有数据"],
  "proposal.known_pick": ["Choose a data set", "选择数据集"],
  "proposal.reading": ["Reading {name}", "正在读取 {name}"],
  "proposal.looking": ["Looking at {name}", "正在查看 {name}"],
  "proposal.target": ["What is to be predicted", "要预测什么"],
  "proposal.found": ["{name}: {rows} {rows|row|rows}, {columns} {columns|column|columns}", "{name}：{rows} 行，{columns} 列"],
  "proposal.use": ["Use this network", "使用此网络"],
  "proposal.first": ["begin with this one", "建议先用"],
  "proposal.nothing": [
    "Nothing can be proposed: no column is left to learn from. Choose another target.",
    "无法提出建议：没有可供学习的列。请选择其他目标。",
  ],
  "proposal.other_data": ["Other data", "其他数据"],
  "proposal.parameters": ["{count} {count|parameter|parameters}", "{count} 个参数"],
} as const satisfies Catalogue;
