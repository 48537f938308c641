/**
 * What a split asks of a column: the group of each row, or the part that its value names. The column may be one that the
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

/** Name of the column that the split reads; null where it reads none. @throws AppError data.split_column_not_chosen */
export function splitColumn({ method, column }: SplitDocument): string | null {
  if (method !== "grouped" && method !== "column") return null;
  if (column === undefined || column === null || column === "") throw new AppError("data.split_column_not_chosen");
  return column;
}

/** The columns that a preparation has to read beside features and targets: made features, so that a reader gives them. */
export function withSplitColumn(data: Pick<DataDocument, "columns"> & { readonly split?: SplitDocument }): DataDocument["columns"] {
  const { method, column: name } = data.split ?? { method: "none" };
  if (method !== "grouped" && method !== "column") return data.columns;
  return data.columns.map((column) => (column.name === name && column.role === "ignored" ? { ...column, role: "feature" } : column));
}

/**
 * One number a row: its group (`grouped`) or its part (`column`, see PART); null for splits that read no column.
 * @param rows positions in the table
 * @throws AppError data.split_column_missing, data.split_column_wrong_kind, data.split_value_missing, data.split_part_unknown
 */
export function splitCodes(table: Table, split: SplitDocument, rows: Uint32Array): Int32Array | null {
  const name = splitColumn(split);
  if (name === null) return null;
  const column = table.columns.find((one) => one.name === name);
  if (column === undefined) throw new AppError("data.split_column_missing", { column: name });
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
