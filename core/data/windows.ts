/**
 * Windows of a time series: each row is learnt from the rows before it. Values are taken after the steps, so that they
 * are scaled as everything else; the first rows, which have not enough before them, are left out.
 */
import { AppError } from "../errors.ts";
import type { DataDocument, WindowDocument } from "../graph/document.ts";
import type { StepColumn, TensorColumn } from "../steps/step.ts";
import type { ColumnGroups } from "./pipeline.ts";

/** Name of the column that the windows make. */
export const WINDOW = "window";

/** Rows from the start of a window to the row that is predicted from it. */
const reach = ({ length, horizon }: WindowDocument): number => length + horizon - 1;

/**
 * Adds the column `window` `[length, columns]` to the groups and takes the rows that have a whole one.
 * @param before columns of the rows just before, in time: what the first windows reach back into; null where there are none
 * @returns positions of the rows that remain
 * @throws AppError data.values_missing, data.window_needs_numbers, data.window_too_long
 */
export function addWindows(groups: ColumnGroups, before: ColumnGroups | null, window: WindowDocument, rowCount: number): Uint32Array {
  const series = window.columns.map((name) => valuesOf(name, groups, before));
  const past = (series[0]?.length ?? 0) - rowCount;
  const first = Math.max(0, reach(window) - past);
  if (first >= rowCount)
    throw new AppError("data.window_too_long", { length: window.length, horizon: window.horizon, rows: rowCount + past });
  const rows = Uint32Array.from({ length: rowCount - first }, (_, i) => first + i);
  const width = window.length * series.length;
  const values = new Float32Array(rows.length * width);
  rows.forEach((row, i) => {
    const start = past + row - reach(window);
    for (let step = 0; step < window.length; step += 1)
      series.forEach((one, column) => {
        const value = one[start + step] as number;
        if (!Number.isFinite(value))
          throw new AppError("data.window_value_missing", { column: window.columns[column] ?? "", row: start + step + 1 });
        values[i * width + step * series.length + column] = value;
      });
  });
  const tensor: TensorColumn = { kind: "tensor", name: WINDOW, shape: [window.length, series.length], values, names: namesOf(window) };
  groups.set(WINDOW, [tensor]);
  return rows;
}

/** `passengers 7 back`: the number of steps from the value to the one that is predicted. */
function namesOf(window: WindowDocument): string[] {
  return Array.from({ length: window.length }, (_, step) => window.columns.map((name) => `${name} −${reach(window) - step}`)).flat();
}

function valuesOf(name: string, groups: ColumnGroups, before: ColumnGroups | null): Float64Array {
  const own = numbers(name, groups.get(name) ?? []);
  if (before === null) return own;
  const past = numbers(name, before.get(name) ?? []);
  const joined = new Float64Array(past.length + own.length);
  joined.set(past);
  joined.set(own, past.length);
  return joined;
}

function numbers(name: string, parts: readonly StepColumn[]): Float64Array {
  const [only] = parts;
  if (parts.length !== 1 || only?.kind !== "number")
    throw new AppError("data.window_needs_numbers", { column: name, received: parts.map(({ kind }) => kind).join(", ") || "–" });
  return only.values;
}

/** The columns to read for a preparation, none without one: the one that tells the time too, whatever its role. */
export function columnsToRead(data: Pick<DataDocument, "columns" | "window"> | null): DataDocument["columns"] {
  if (data === null) return [];
  const { columns, window } = data;
  const orderBy = window?.order_by ?? null;
  return columns.map((column) => (column.name === orderBy && column.role === "ignored" ? { ...column, role: "feature" } : column));
}
