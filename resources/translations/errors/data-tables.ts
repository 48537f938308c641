/** Texts of tables, continued from data.ts: workbooks of Excel, filters, what is seen in rows, and baselines. Rows are counted from 1. */
import type { Catalogue } from "../translate.ts";

const excelErrors = {
  "data.excel_damaged": [
    "'{file}' cannot be read as a workbook of Excel: {reason}. Open it in Excel, save it again as .xlsx, and import that.",
    "无法把“{file}”作为 Excel 工作簿读取：{reason}。请在 Excel 中打开并另存为 .xlsx，再导入。",
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
    "{count} cells of sheet {sheet} hold an error (the first: {cell}, {error}); they are taken as missing.",
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

export const dataTableErrors: Catalogue = { ...excelErrors, ...pasteErrors };
