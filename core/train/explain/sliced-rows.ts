/** Rows that were predicted, cut by the values of one column of their table or of two: the figures of each slice, the worst first. */
import type { Column } from "../../data/table.ts";
import { AppError } from "../../errors.ts";
import { compareSlices } from "../../insight/slices/compare-slices.ts";
import { type CrossedKey, crossSlices, cutByNumbers, cutByWords, type Slice, type SliceKey } from "../../insight/slices/cut.ts";
import { errorsOfRows, figuresOfRows, type PredictedRows, pickRows } from "../predicted-rows.ts";

export interface SlicedRows {
  readonly measure: "wrong" | "error";
  readonly rows: number;
  /** Of all rows: the share of wrong answers, or the mean absolute error. */
  readonly mean: number;
  readonly figures: Record<string, number>;
  readonly slices: {
    readonly key: SliceKey | CrossedKey;
    readonly rows: number;
    readonly mean: number;
    /** That less the mean of all rows. */
    readonly difference: number;
    /** How likely that is by chance, corrected; null with too few rows. */
    readonly p: number | null;
    readonly figures: Record<string, number>;
  }[];
}

/** @param across cut by the values of this one too; null: by one column. @throws AppError run.not_sliced */
export function slicedRows(all: PredictedRows, column: Column, across: Column | null, bins: number): SlicedRows {
  const cut = (one: Column): Slice[] => {
    const own = cellsOfRows(one, all);
    return own.kind === "number" ? cutByNumbers(own.values, bins) : cutByWords(own.values);
  };
  const first = cut(column);
  const errors = errorsOfRows(all);
  const compared = compareSlices<SliceKey | CrossedKey>(across === null ? first : crossSlices(first, cut(across)), errors);
  return {
    measure: errors.kind,
    rows: all.rows,
    mean: errors.values.reduce((sum, error) => sum + error, 0) / all.rows,
    figures: figuresOfRows(all),
    slices: compared.map(({ key, places, mean, difference, p }) => ({
      key,
      rows: places.length,
      mean,
      difference,
      p,
      figures: figuresOfRows(pickRows(all, places)),
    })),
  };
}

type Cells =
  | { readonly kind: "number"; readonly values: readonly number[] }
  | { readonly kind: "words"; readonly values: readonly (string | null)[] };

/** What stands in a column of the table, one a predicted row. @throws AppError run.not_sliced */
export function cellsOfRows(column: Column, { rowIds }: PredictedRows): Cells {
  const rows = [...rowIds];
  switch (column.kind) {
    case "number":
      return { kind: "number", values: rows.map((row) => column.values[row] ?? Number.NaN) };
    case "category":
      return { kind: "words", values: rows.map((row) => column.categories[column.codes[row] ?? -1] ?? null) };
    case "text":
      return { kind: "words", values: rows.map((row) => column.values[row] ?? null) };
    case "picture":
      throw new AppError("run.not_sliced", { column: column.name });
    default:
      return column satisfies never;
  }
}
