/**
 * Windows of a time series: each row is learnt from the rows before it. Values are taken after the steps, so that they
 * are scaled as everything else; the first rows, which have not enough before them, are left out.
 */
import { AppError } from "../errors.ts";
import type { DataDocument, SplitDocument, WindowDocument } from "../graph/document.ts";
import type { StepColumn, TensorColumn } from "../steps/step.ts";
import { columnsForFilter } from "./filter/rows.ts";
import { type GraphOf, withGraphColumns } from "./graph/graph-columns.ts";
import type { ColumnGroups } from "./pipeline.ts";
import { withSplitColumn } from "./split-columns.ts";

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
  return before === null ? numbers(name, groups.get(name) ?? []) : joined(name, before, groups);
}

/** Rows of `first` and, after them, those of `second`, of columns of numbers. @throws AppError data.window_needs_numbers */
export function joinRows(first: ColumnGroups, second: ColumnGroups, columns: readonly string[]): ColumnGroups {
  return new Map(columns.map((name) => [name, [{ kind: "number", name, values: joined(name, first, second) }]]));
}

function joined(name: string, first: ColumnGroups, second: ColumnGroups): Float64Array {
  const [past, own] = [numbers(name, first.get(name) ?? []), numbers(name, second.get(name) ?? [])];
  const values = new Float64Array(past.length + own.length);
  values.set(past);
  values.set(own, past.length);
  return values;
}

function numbers(name: string, parts: readonly StepColumn[]): Float64Array {
  const [only] = parts;
  if (parts.length !== 1 || only?.kind !== "number")
    throw new AppError("data.window_needs_numbers", { column: name, received: parts.map(({ kind }) => kind).join(", ") || "–" });
  return only.values;
}

/** The columns to read for a preparation, none without one: those that tell the time, the split and the graph too, whatever their role. */
export function columnsToRead(
  data:
    | (Pick<DataDocument, "columns" | "window"> & {
        readonly split?: SplitDocument;
        readonly filter?: string | undefined;
        /** As a design has it, or as a model keeps it. */
        readonly graph?: GraphOf | { readonly document: GraphOf } | undefined;
      })
    | null,
): DataDocument["columns"] {
  if (data === null) return [];
  const { window, graph } = data;
  const columns = withGraphColumns(withSplitColumn(data), graph !== undefined && "document" in graph ? graph.document : graph);
  const orderBy = window?.order_by ?? null;
  const filtered = columnsForFilter(columns, data.filter).map(({ name }) => name);
  const isRead = (name: string): boolean => name === orderBy || filtered.includes(name);
  return columns.map((column) => (column.role === "ignored" && isRead(column.name) ? { ...column, role: "feature" } : column));
}
