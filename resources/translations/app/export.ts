/** Words of the dialog that takes models, predictions and designs out, and brings them in. */
import type { Catalogue } from "../translate.ts";

export const exportTexts = {
  "export.title": ["Export and import", "导出与导入"],
  "export.tab.model": ["Model", "模型"],
  "export.tab.predictions": ["Predictions", "预测"],
  "export.tab.design": ["Design", "设计"],
  "export.tab.import": ["Import", "导入"],
  "export.run": ["Run", "运行"],
  "export.run_label": ["{name} · {figure} {value}", "{name} · {figure} {value}"],
  "export.best": ["{label} · best", "{label} · 最佳"],
  "export.format": ["Format", "格式"],
  "export.format_json": ["Neuroloom model (JSON)", "Neuroloom 模型（JSON）"],
  "export.model_text": [
    "One file with the network, its weights, the preparation of the data, classes, training options and figures. neuroloom predict and this app read it.",
    "一个文件，包含网络、权重、数据预处理、类别、训练选项和指标。neuroloom predict 和本应用都可读取。",
  ],
  "export.plain_arrays": ["Numbers as plain lists", "数值写成普通列表"],
  "export.plain_arrays_help": [
    "Readable by eye and by any program, and three to four times as large. Otherwise base64 of 32-bit floats.",
    "便于人和任何程序读取，但大小约为三到四倍。否则为 32 位浮点数的 base64。",
  ],
  "export.model_button": ["Export model", "导出模型"],
  "export.working": ["Writing the file, reading it back and comparing…", "正在写出文件、读回并比较…"],
  "export.checked": [
    "Written, read back, {rows} rows compared: the largest difference is {difference}.",
    "已写出并读回，比较了 {rows} 行：最大差异为 {difference}。",
  ],
  "export.saved": ["{name} ({size}) was saved.", "{name}（{size}）已保存。"],
  "export.saved_rows": ["{name} with {count} rows was saved.", "{name}（{count} 行）已保存。"],
  "export.not_saved": ["{name} is ready but was not saved.", "{name} 已就绪，但未保存。"],
  "export.save_again": ["Save it", "保存"],
  "export.no_model": ["Nothing trained to export", "没有可导出的训练结果"],
  "export.no_model_text": ["Train first. A run that was stopped keeps its model too.", "请先训练。提前停止的运行也会保留模型。"],
  "export.predictions_text": [
    "A CSV file with one row for every row of the data: the columns chosen here as they are, then the prediction and, for classes, the probabilities.",
    "一个 CSV 文件，数据中每行对应一行：先是此处选择的原始列，然后是预测值；分类任务还包含各类概率。",
  ],
  "export.dataset": ["Data set", "数据集"],
  "export.id_columns": ["Columns to carry along", "保留的列"],
  "export.id_columns_help": ["For instance the column that names the row.", "例如标识行的列。"],
  "export.filter_columns": ["Find a column", "查找列"],
  "export.predictions_button": ["Write predictions", "写出预测"],
  "export.predicting": ["Predicting…", "正在预测…"],
  "export.design_text": [
    "The network as it is drawn, its training options and the preparation of the data, without weights and without data: what neuroloom train takes and this app opens.",
    "所绘制的网络、训练选项和数据预处理，不含权重和数据：可供 neuroloom train 训练，也可由本应用打开。",
  ],
  "export.design_button": ["Save design.json", "保存 design.json"],
  "export.import_text": [
    "A model or a design file (JSON) becomes a project of its own; a model brings its weights as a finished run. Without this dialog, files can be dropped anywhere on the window.",
    "模型或设计文件（JSON）会成为一个新项目；模型的权重会作为已完成的运行一并带入。关闭此对话框后，也可以把文件拖到窗口任意位置。",
  ],
  "export.import_button": ["Choose a file", "选择文件"],
  "export.importing": ["Reading and checking {name}…", "正在读取并检查 {name}…"],
} as const satisfies Catalogue;
