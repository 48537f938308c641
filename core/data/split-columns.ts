/**
 * What a split asks of a column: the group of each row, the part that its value names, or its place in time. The column may be one that the
 * design ignores otherwise; it is read from the table as it stands, before any step.
 */
import { AppError } from "../errors.ts";
import type { DataDocument, SplitDocument } from "../graph/document.ts";
import type { Column, Table } from "./table.ts";

/** Part of a row by the split's column. */
export const PART = { training: 0, validation: 1, test: 2 } as const;

const PARTS: Readonly<Record<keyof typeof PART, readonly string[]>> = {
  training: ["training", "train", "trn", "训练", "训练集"],
  validation: ["validation", "valid", "val", "dev", "development", "验证", "验证集"],
  test: ["test", "testing", "tst", "测试", "测试集"],
};
const PART_OF = new Map(Object.entries(PARTS).flatMap(([part, words]) => words.map((word) => [word, PART[part as keyof typeof PART]])));

/** @returns the part that a word names, in English or Chinese, whatever its case; undefined where it names none */
export function partNamed(word: string): number | undefined {
  return PART_OF.get(word.trim().toLowerCase());
}

type SplitOf = Pick<DataDocument, "window"> & { readonly split: SplitDocument };

/** Name of the column that the split reads; null where it reads none. @throws AppError data.split_column_not_chosen */
export function splitColumn(data: SplitOf): string | null {
  const { method } = data.split;
  const column = namedColumn(data);
  if (method !== "grouped" && method !== "column") return column ?? null;
  if (column === undefined || column === null || column === "") throw new AppError("data.split_column_not_chosen");
  return column;
}

/** The rows of a series stand in the order of its window. */
function namedColumn({ split: { method, column, order_by }, window }: SplitOf): string | null | undefined {
  if (method === "time") return window === undefined ? order_by : null;
  return method === "grouped" || method === "column" ? column : null;
}

/** The columns that a preparation has to read beside features and targets: made features, so that a reader gives them. */
export function withSplitColumn({
  columns,
  split,
  window,
}: Pick<DataDocument, "columns" | "window"> & { readonly split?: SplitDocument }): DataDocument["columns"] {
  const name = split === undefined ? null : namedColumn({ split, window });
  if (name === null || name === undefined) return columns;
  return columns.map((column) => (column.name === name && column.role === "ignored" ? { ...column, role: "feature" } : column));
}

/**
 * One number a row: its group (`grouped`), its part (`column`, see PART) or its place in time (`time`); null for splits that read no column.
 * @param rows positions in the table
 * @throws AppError data.split_column_missing, data.split_column_wrong_kind, data.split_value_missing, data.split_part_unknown,
 * data.order_not_numbers
 */
export function splitCodes(table: Table, data: SplitOf, rows: Uint32Array): Int32Array | null {
  const name = splitColumn(data);
  if (name === null) return null;
  const column = table.columns.find((one) => one.name === name);
  if (column === undefined) throw new AppError("data.split_column_missing", { column: name });
  const { split } = data;
  if (split.method === "time") return placesOf(column, table, rows);
  const known = new Map<string, number>();
  return Int32Array.from(rows, (row) => {
    const value = wordAt(column, row);
    if (value === null) throw new AppError("data.split_value_missing", { column: name, row: (table.rowIds[row] as number) + 1 });
    if (split.method === "column") return partOf(value, name, (table.rowIds[row] as number) + 1);
    const code = known.get(value) ?? known.size;
    known.set(value, code);
    return code;
  });
}

/** Rows of one time follow one another as in the file. */
function placesOf(column: Column, table: Table, rows: Uint32Array): Int32Array {
  if (column.kind !== "number") throw new AppError("data.order_not_numbers", { column: column.name, received: column.kind });
  const times = Float64Array.from(rows, (row) => column.values[row] as number);
  const missing = times.findIndex(Number.isNaN);
  if (missing >= 0) {
    const row = (table.rowIds[rows[missing] as number] as number) + 1;
    throw new AppError("data.split_value_missing", { column: column.name, row });
  }
  const places = new Int32Array(rows.length);
  times
    .map((_, row) => row)
    .sort((a, b) => (times[a] as number) - (times[b] as number) || a - b)
    .forEach((row, place) => (places[row] = place));
  return places;
}

function partOf(value: string, column: string, row: number): number {
  const part = partNamed(value);
  if (part === undefined) throw new AppError("data.split_part_unknown", { column, value: value.slice(0, 60), row });
  return part;
}

function wordAt(column: Column, row: number): string | null {
  if (column.kind === "number") {
    const value = column.values[row] as number;
    return Number.isNaN(value) ? null : String(value);
  }
  if (column.kind === "category") return column.categories[column.codes[row] as number] ?? null;
  if (column.kind === "text") return column.values[row] ?? null;
  throw new AppError("data.split_column_wrong_kind", { column: column.name, received: column.kind });
}
