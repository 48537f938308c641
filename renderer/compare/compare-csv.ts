/** A comparison as a CSV file (RFC 4180): numbers as they are, words in the language shown. */
import { sheetCell } from "../../core/export/csv-cell.ts";
import type { CompareRow } from "./compare-runs.ts";
import { rowTitle, valueText, type Words } from "./compare-words.ts";

/** So that spreadsheets read 中文 rightly. */
const BYTE_ORDER_MARK = "\uFEFF";

export function compareCsv(rows: readonly CompareRow[], runNames: readonly string[], words: Words): string {
  const { t } = words;
  const lines = [
    ["", t("compare.row"), ...runNames, t("compare.differs")],
    ...rows.map((row) => [
      t(`compare.group.${row.group}`),
      rowTitle(row, words),
      ...row.values.map((value) => (typeof value === "number" ? String(value) : valueText(row, value, words))),
      row.differs ? t("compare.yes") : t("compare.no"),
    ]),
  ];
  return `${BYTE_ORDER_MARK}${lines.map((cells) => cells.map(sheetCell).join(",")).join("\r\n")}\r\n`;
}
