/** The run list as a CSV file (RFC 4180): the columns that are shown, numbers and times as they are, words in the language shown. */

import { sheetCell } from "../../core/export/csv-cell.ts";
import type { ListedRun } from "../../core/protocol/contract/runs.ts";
import { type Column, fileText, type RunWords } from "./run-columns.ts";

/** So that spreadsheets read 中文 rightly. */
const BYTE_ORDER_MARK = "\uFEFF";

export interface TableWords extends RunWords {
  readonly title: (column: Column) => string;
  /** The name of the group that a run belongs to; empty of none. */
  readonly group: (run: ListedRun) => string;
  readonly groupTitle: string;
}

export function runsCsv(runs: readonly ListedRun[], columns: readonly Column[], words: TableWords): string {
  const withGroup = runs.some((run) => words.group(run) !== "");
  const lines = [
    [...columns.map((column) => words.title(column)), ...(withGroup ? [words.groupTitle] : [])],
    ...runs.map((run) => [...columns.map((column) => fileText(run, column, words)), ...(withGroup ? [words.group(run)] : [])]),
  ];
  return `${BYTE_ORDER_MARK}${lines.map((cells) => cells.map(sheetCell).join(",")).join("\r\n")}\r\n`;
}
