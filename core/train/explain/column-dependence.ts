/** How what a trained network predicts hangs on one column: partial dependence over all rows, and the curves of some rows of their own. */
import type { Column } from "../../data/table.ts";
import { AppError } from "../../errors.ts";
import { gridOfNumbers, gridOfWords, partialDependence } from "../../insight/importance/dependence.ts";
import type { Progress } from "../../insight/importance/permutation.ts";
import { spreadPlaces } from "../../insight/slices/residuals.ts";
import type { PredictedRows } from "../predicted-rows.ts";
import type { ExplainedRows } from "./explained-rows.ts";

export interface DependenceOnColumn {
  readonly column: string;
  /** What is predicted: a class, a label or a column of numbers. */
  readonly labels: readonly string[];
  readonly target: number;
  readonly probabilities: boolean;
  readonly rows: number;
  /** Numbers, or words. */
  readonly values: readonly (number | string)[];
  readonly average: readonly number[];
  readonly individual: readonly { readonly row: number; readonly own: number | string | null; readonly predicted: readonly number[] }[];
  /** Deciles of a column of numbers: where its rows lie. */
  readonly deciles: readonly number[];
}

const RESOLUTION = 24;
const SHOWN_ROWS = 8;

/**
 * @param target of several classes, labels or numbers the one that is looked at; null for the last of classes, else the first
 * @throws AppError data.column_missing, run.importance_not_varied
 */
export function* dependenceOnColumn(
  explained: ExplainedRows,
  { column: name, target: asked }: { readonly column: string; readonly target: number | null },
): Generator<Progress, DependenceOnColumn> {
  const place = explained.columns.find((one) => one.name === name)?.place;
  if (place === undefined) throw new AppError("data.column_missing", { columns: name, count: 1 });
  const column = explained.table.columns[place] as Column;
  const values = gridOf(column);
  if (values.length === 0) throw new AppError("run.importance_not_varied", { column: name });
  const whole = explained.predicted(null);
  const { kind, count } = whole.task;
  const target = Math.min(asked ?? (kind === "two_classes" ? 1 : 0), count - 1);
  const shown = spreadPlaces(whole.rows, SHOWN_ROWS);
  const { average, individual } = yield* partialDependence(
    values.length,
    (k) => ofTarget(explained.predicted({ place, column: setTo(column, values[k] as number | string) }), target),
    shown,
    whole.weights,
  );
  const steps = whole.rows / Math.max(1, explained.table.rowCount);
  return {
    column: name,
    labels: whole.labels,
    target,
    probabilities: kind !== "numbers" && whole.task.probabilities,
    rows: explained.table.rowCount,
    values,
    average,
    individual: shown.map((row, k) => ({
      row: whole.rowIds[row] as number,
      own: valueAt(column, Math.floor(row / steps)),
      predicted: individual[k] as readonly number[],
    })),
    deciles: column.kind === "number" ? decilesOf(column.values) : [],
  };
}

/** Of each row the number that is looked at; of two classes their shares, or scores with either sign. */
function ofTarget({ task, predictions, rows }: PredictedRows, target: number): Float64Array {
  if (task.kind !== "two_classes") return Float64Array.from({ length: rows }, (_, row) => predictions[row * task.count + target] as number);
  const whole = task.probabilities ? 1 : 0;
  return Float64Array.from({ length: rows }, (_, row) =>
    target === 1 ? (predictions[row] as number) : whole - (predictions[row] as number),
  );
}

function gridOf(column: Column): (number | string)[] {
  if (column.kind === "number") return gridOfNumbers(column.values, RESOLUTION);
  if (column.kind === "category") return gridOfWords(Array.from(column.codes, (code) => column.categories[code] ?? null));
  return [];
}

function setTo(column: Column, value: number | string): Column {
  if (column.kind === "number") return { ...column, values: new Float64Array(column.values.length).fill(value as number) };
  if (column.kind === "category")
    return { ...column, codes: new Int32Array(column.codes.length).fill(column.categories.indexOf(value as string)) };
  throw new AppError("run.importance_not_varied", { column: column.name });
}

function valueAt(column: Column, row: number): number | string | null {
  if (column.kind === "category") return column.categories[column.codes[row] as number] ?? null;
  const value = column.kind === "number" ? column.values[row] : undefined;
  return value === undefined || Number.isNaN(value) ? null : value;
}

function decilesOf(values: Float64Array): number[] {
  const sorted = values.filter((value) => Number.isFinite(value)).sort();
  if (sorted.length === 0) return [];
  return Array.from({ length: 9 }, (_, k) => sorted[Math.round(((k + 1) / 10) * (sorted.length - 1))] as number);
}
