/** Words of the data screen for looking into tables: pasting, sheets, searching and filtering rows, plots of columns, effects of steps. */
import type { Catalogue } from "../translate.ts";

export const dataLookTexts = {
  "data.paste": ["Paste a table", "粘贴表格"],
  "data.paste_keys": [
    "Ctrl+V: cells copied from a spreadsheet, a table of a web page, or CSV text",
    "Ctrl+V：从电子表格复制的单元格、网页中的表格或 CSV 文本",
  ],
  "data.pasted_name": ["Pasted table", "粘贴的表格"],
  "data.sheet": ["Sheet", "工作表"],
} as const satisfies Catalogue;
