/** Texts of tables, continued from data.ts: workbooks of Excel, filters, what is seen in rows. Rows are counted from 1. */
import type { Catalogue } from "../translate.ts";

const excelErrors = {
  "data.excel_damaged": [
    "The sheet '{sheet}' of the workbook '{file}' is damaged and cannot be read. Open the workbook in Excel, which may repair it, save it again as .xlsx, and import that; or choose another sheet.",
    "工作簿“{file}”的工作表“{sheet}”已损坏，无法读取。请在 Excel 中打开（可能会自动修复）并另存为 .xlsx 后再导入，或选择其他工作表。",
  ],
  "data.excel_without_sheets": [
    "The workbook '{file}' is damaged: its list of sheets cannot be read. Open it in Excel, which may repair it, save it again as .xlsx, and import that.",
    "工作簿“{file}”已损坏：无法读取其工作表列表。请在 Excel 中打开（可能会自动修复）并另存为 .xlsx 后再导入。",
  ],
  "data.excel_no_sheet": [
    "'{file}' has no sheet '{sheet}'. Its sheets: {sheets}.",
    "“{file}”中没有工作表“{sheet}”。现有工作表：{sheets}。",
  ],
  "data.excel_empty": [
    "In '{file}' nothing stands in {sheet}. Expected a table: a row of column names and rows of values. Choose another sheet.",
    "“{file}”的 {sheet} 中没有内容。应为一张表：一行列名，后面是数据行。请选择其他工作表。",
  ],
  "data.excel_too_large": [
    "'{file}' takes more than 3 GB of memory to read as a workbook. Save the sheet as CSV in Excel and import that: it is read piece by piece.",
    "把“{file}”作为工作簿读取需要超过 3 GB 内存。请在 Excel 中把工作表另存为 CSV 再导入：CSV 可分段读取。",
  ],
  "data.excel_error_cells": [
    "{count} {count|cell|cells} of sheet {sheet} {count|holds|hold} an error (the first: {cell}, {error}); {count|it is|they are} taken as missing.",
    "工作表 {sheet} 中有 {count} 个单元格是错误值（第一个：{cell}，{error}）；它们按缺失处理。",
  ],
  "data.not_excel": [
    "'{file}' is no workbook of Excel: it has no sheet '{sheet}'. Leave out the sheet.",
    "“{file}”不是 Excel 工作簿，没有工作表“{sheet}”。请不要指定工作表。",
  ],
} satisfies Catalogue;

const pasteErrors = {
  "data.nothing_to_paste": [
    "The clipboard holds no table. Copy cells in a spreadsheet, a table of a web page, or lines of CSV, and paste them here.",
    "剪贴板中没有表格。请在电子表格中复制单元格，或复制网页中的表格、CSV 文本，再粘贴到这里。",
  ],
  "data.clipboard_not_allowed": [
    "The clipboard may not be read by a button here. Press Ctrl+V on the data screen instead.",
    "此处不允许通过按钮读取剪贴板。请在数据页面按 Ctrl+V。",
  ],
} satisfies Catalogue;

const filterErrors = {
  "data.filter_syntax": [
    "The filter cannot be read at character {place}: found {found}, expected {expected}. For example: age > 30 and sex = 'male'.",
    "筛选条件在第 {place} 个字符处无法理解：这里是 {found}，应为 {expected}。例如：age > 30 and sex = 'male'。",
  ],
  "data.filter_no_value": [
    "A value is missing at character {place} of the filter: a column, a number, a text in 'single quotes' or a bracket should stand there. For example: age > 30 and sex = 'male'.",
    "筛选条件的第 {place} 个字符处缺少值：应为列名、数字、'单引号' 中的文本或括号。例如：age > 30 and sex = 'male'。",
  ],
  "data.filter_character": [
    "The filter cannot be read at character {place}: {found}. Texts stand in 'single quotes', column names with blanks in \"double quotes\".",
    "筛选条件在第 {place} 个字符处无法理解：{found}。文本用 '单引号'，带空格的列名用 \"双引号\"。",
  ],
  "data.filter_too_deep": [
    "The filter has more than {most} brackets within each other. Write it flatter.",
    "筛选条件的括号嵌套超过 {most} 层。请改写得简单一些。",
  ],
  "data.filter_unknown_column": [
    "The filter names a column that is not there: {column}. There are: {columns}. A text stands in 'single quotes'.",
    "筛选条件中的列不存在：{column}。现有：{columns}。文本请用 '单引号'。",
  ],
  "data.filter_no_condition": [
    "The filter says nothing that is true or false: {filter}. Compare with something, for example {filter} > 0.",
    "筛选条件没有给出真或假：{filter}。请与某个值比较，例如 {filter} > 0。",
  ],
  "data.filter_types": [
    "The filter puts together what does not fit: {left_operand} and {right_operand}.",
    "筛选条件中的两部分类型不符：{left_operand} 与 {right_operand}。",
  ],
  "data.filter_not_a_date": [
    "'{value}' is not a date. Write dates as '2024-01-31' or '2024-01-31 12:00:00'.",
    "“{value}”不是日期。请写成 '2024-01-31' 或 '2024-01-31 12:00:00'。",
  ],
  "data.filter_not_a_time": [
    "'{value}' is not a time of day. Write times as '13:45', '13:45:30' or '1:45 PM'.",
    "“{value}”不是时刻。请写成 '13:45'、'13:45:30' 或 '1:45 PM'。",
  ],
  "data.filter_picture": ["A filter cannot look at the pictures of {column}.", "筛选条件不能使用图片列 {column}。"],
  "data.filter_keeps_nothing": ["The filter {filter} keeps none of the {rows} rows.", "筛选条件 {filter} 没有保留 {rows} 行中的任何一行。"],
  "data.filter_cuts_series": [
    "The filter leaves out row {row} from the middle of the series: rows would stand side by side that do not follow each other. Cut only its beginning or end.",
    "筛选条件去掉了序列中间的第 {row} 行：不相邻的行会被当作相邻。只能去掉开头或结尾。",
  ],
  "data.step_gone": ["There is no step {place} any more.", "第 {place} 个步骤已不存在。"],
  "data.principal_needs_two": [
    "A view of principal components needs at least two columns of numbers that vary; there are {count}.",
    "主成分视图至少需要两个有变化的数值列；现有 {count} 个。",
  ],
} satisfies Catalogue;

const choiceErrors = {
  "data.choices_leave_nothing": [
    "All {rows} rows were left out by hand. Take some of them back in the Rows tab of the data screen.",
    "全部 {rows} 行都已被手动排除。请在数据页面的“行”标签中恢复一些。",
  ],
  "data.choices_of_other_data": [
    "The design leaves out {excluded} rows and puts {relabelled} labels right, but those are rows of another data set: here the same places hold other rows. Choose the data set that they are of, or take the choices back in the Rows tab of the data screen.",
    "设计中排除了 {excluded} 行、更正了 {relabelled} 个标签，但这些行属于另一个数据集：在这里，同样的位置是别的行。请选择原来的数据集，或在数据页面的“行”标签中撤销这些选择。",
  ],
  "data.label_not_a_number": [
    "Row {row} was given the label '{value}', but the column '{column}' holds numbers. Give it a number.",
    "第 {row} 行的标签被改为“{value}”，但列“{column}”是数值列。请填写一个数。",
  ],
  "data.label_not_a_word": [
    "Row {row} was given another label, but the column '{column}' holds texts or pictures, which have none.",
    "第 {row} 行被改了标签，但列“{column}”是文本或图片，没有标签。",
  ],
} satisfies Catalogue;

const memoryErrors = {
  "data.graph_needs_memory": [
    "These rows would take about {megabytes} MB in memory, {limit} MB are given to them, and they cannot be read from the disk: a graph is one sample. Leave nodes out, or give rows more memory (in the settings; on the command line with --data-memory).",
    "这些行在内存中约需 {megabytes} MB，而分配给它们的是 {limit} MB，且无法从磁盘读取：图是一个整体样本。请略去一些节点，或给行更多内存（在设置中；命令行用 --data-memory）。",
  ],
  "data.gaps_need_memory": [
    "These rows would take about {megabytes} MB in memory, {limit} MB are given to them, and they cannot be read from the disk: gaps of the series are filled, and another input takes its columns. Take other columns there, leave the gaps as they are, or give rows more memory in the settings.",
    "这些行在内存中约需 {megabytes} MB，而分配给它们的是 {limit} MB，且无法从磁盘读取：序列的缺口被填补，而另一个输入使用了它的列。请在那里改用其他列、不填补缺口，或在设置中给行更多内存。",
  ],
  "data.pictures_need_memory": [
    "These rows would take about {megabytes} MB in memory, {limit} MB are given to them, and they cannot be read from the disk: pictures come in one input with other columns, are made of columns of pixels, or are reduced. Give them an input of their own with no step but their decoding, leave rows out, or give rows more memory in the settings.",
    "这些行在内存中约需 {megabytes} MB，而分配给它们的是 {limit} MB，且无法从磁盘读取：图片与其他列同在一个输入中、由像素列组成，或被降维。请给图片单独的输入且只保留解码步骤、略去一些行，或在设置中给行更多内存。",
  ],
  "data.folds_need_memory": [
    "These rows would take about {megabytes} MB in memory, {limit} MB are given to them, and they cannot be read from the disk: a target encoder stands beside a series. Encode the words in another way, leave rows out, or give rows more memory in the settings.",
    "这些行在内存中约需 {megabytes} MB，而分配给它们的是 {limit} MB，且无法从磁盘读取：序列旁有目标编码器。请换用其他编码、略去一些行，或在设置中给行更多内存。",
  ],
  "data.rows_need_memory": [
    "These rows would take about {megabytes} MB in memory, {limit} MB are given to them, and for this model they cannot be read from the disk. Give fewer rows at once, or give them more memory with --data-memory.",
    "这些行在内存中约需 {megabytes} MB，而分配给它们的是 {limit} MB，且对这个模型无法从磁盘读取。请一次给出较少的行，或用 --data-memory 给它们更多内存。",
  ],
  "data.baselines_need_memory": [
    "These rows would take about {megabytes} MB in memory, {limit} MB are given to them, and baselines learn from all rows at once. Leave rows or columns out, or give rows more memory in the settings.",
    "这些行在内存中约需 {megabytes} MB，而分配给它们的是 {limit} MB，而基线要同时从所有行中学习。请略去一些行或列，或在设置中给行更多内存。",
  ],
  "data.input_target_needs_memory": [
    "These rows would take about {megabytes} MB in memory, {limit} MB are given to them, and for this they cannot be read from the disk: what is predicted is what comes in (an autoencoder), and is asked for row by row, trained in folds, or compared with pictures that are changed. Leave rows or columns out, or give rows more memory in the settings.",
    "这些行在内存中约需 {megabytes} MB，而分配给它们的是 {limit} MB，且这件事无法从磁盘读取来做：预测的就是输入本身（自编码器），而且要逐行给出、分折训练，或与被改变的图片比较。请略去一些行或列，或在设置中给行更多内存。",
  ],
} satisfies Catalogue;

const threadErrors = {
  "data.thread_died": [
    "Looking at the table ended unexpectedly: {detail}. Ask again; nothing is changed.",
    "查看表格意外结束：{detail}。请重试；没有任何改动。",
  ],
} satisfies Catalogue;

export const dataTableErrors: Catalogue = {
  ...memoryErrors,
  ...threadErrors,
  ...choiceErrors,
  ...excelErrors,
  ...pasteErrors,
  ...filterErrors,
};
