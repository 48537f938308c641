/**
 * Windows of a time series: each row is learnt from the rows before it. Values are taken after the steps, so that they
 * are scaled as everything else; the first rows, which have not enough before them, are left out.
 */
import { AppError } from "../errors.ts";
import type { DataDocument, SplitDocument, WindowDocument } from "../graph/document.ts";
import { rowMemory } from "../steps/row-memory.ts";
import type { StepColumn, TensorColumn } from "../steps/step.ts";
import { columnsForFilter } from "./filter/rows.ts";
import { type GraphOf, withGraphColumns } from "./graph/graph-columns.ts";
import type { ColumnGroups } from "./pipeline.ts";
import { withSplitColumn } from "./split-columns.ts";
import { FilledSeries, type FittedFill, onPlaces } from "./window-gaps.ts";

/** Name of the column that the windows make. */
export const WINDOW = "window";

/** Rows from the start of a window to the row that is predicted from it. */
export const reach = ({ length, horizon }: WindowDocument): number => length + horizon - 1;

/** How gaps of the series are filled; null: they are none, or refused. */
export interface WindowGaps {
  readonly fill: FittedFill;
  /** Place in time of each row, those before included. */
  readonly places: Uint32Array;
  /** Whether a row can be learnt from: one without a target cannot. */
  readonly keep: (row: number) => boolean;
}

/** Which rows of a series have a whole window, and how many have none only because rows in it were left out by hand. */
interface WindowRows {
  readonly rows: Uint32Array;
  readonly dropped: number;
}

export interface WindowOptions {
  readonly gaps?: WindowGaps | null;
  readonly left?: Uint8Array | null;
  readonly cuts?: boolean;
}

/**
 * Adds the column `window` `[length, columns]` to the groups and takes the rows that have a whole one.
 * @param before columns of the rows just before, in time: what the first windows reach back into; null where there are none
 * @param how    gaps that are filled; 1 for rows that were left out by hand, those before included; whether windows are cut, or only counted
 * @returns positions of the rows that remain
 * @throws AppError data.values_missing, data.window_needs_numbers, data.window_too_long, data.window_nothing_known
 */
export function addWindows(
  groups: ColumnGroups,
  before: ColumnGroups | null,
  window: WindowDocument,
  rowCount: number,
  { gaps = null, left = null, cuts = true }: WindowOptions = {},
): WindowRows {
  const series = window.columns.map((name) => valuesOf(name, groups, before));
  const all = series[0]?.length ?? 0;
  const places = gaps?.places ?? Uint32Array.from({ length: all }, (_, row) => row);
  const origin = places[0] ?? 0;
  const placeOf = (row: number): number => (places[all - rowCount + row] as number) - origin;
  const reaching = Array.from({ length: rowCount }, (_, row) => row).filter((row) => placeOf(row) >= reach(window));
  if (reaching.length === 0) throw new AppError("data.window_too_long", { length: window.length, horizon: window.horizon, rows: all });
  const read = gaps === null ? plainReader(series, window) : filledReader(series, window, gaps);
  const isFree = left === null ? () => true : freeOf(left, places, window);
  const own = left === null ? reaching : reaching.filter((row) => left[all - rowCount + row] !== 1);
  const free = own.filter((row) => isFree(placeOf(row) - reach(window)));
  const rows = gaps === null ? free : free.filter((row) => gaps.keep(row) && isKnown(read, placeOf(row) - reach(window), window));
  if (rows.length === 0) throw new AppError("data.window_nothing_known", { columns: window.columns.join(", "), rows: all });
  const found = { rows: Uint32Array.from(rows), dropped: own.length - free.length };
  if (!cuts) return found;
  const width = window.length * series.length;
  const values = rowMemory(rows.length, width, window.columns.join(", "));
  rows.forEach((row, i) => {
    const start = placeOf(row) - reach(window);
    for (let step = 0; step < window.length; step += 1)
      for (let column = 0; column < series.length; column += 1)
        values[i * width + step * series.length + column] = read(column, start + step, start + window.length - 1);
  });
  const tensor: TensorColumn = {
    kind: "tensor",
    name: WINDOW,
    shape: [window.length, series.length],
    values,
    names: namesOfWindow(window),
  };
  groups.set(WINDOW, [tensor]);
  return found;
}

/** The column `window` of a part that has no row. */
export function noWindows(window: WindowDocument): TensorColumn {
  const shape = [window.length, window.columns.length];
  return { kind: "tensor", name: WINDOW, shape, values: new Float32Array(0), names: namesOfWindow(window) };
}

/** Whether the window that begins at a place, counted from the first row's, holds no row that was left out. */
function freeOf(left: Uint8Array, places: Uint32Array, { length }: WindowDocument): (start: number) => boolean {
  const origin = places[0] ?? 0;
  // How many there are before each place.
  const before = new Uint32Array((places.at(-1) ?? 0) - origin + 2);
  left.forEach((flag, row) => {
    const place = (places[row] as number) - origin + 1;
    before[place] = (before[place] as number) + flag;
  });
  for (let place = 1; place < before.length; place += 1) before[place] = (before[place] as number) + (before[place - 1] as number);
  return (start) => before[start + length] === before[start];
}

/** The value of a column at a place, as it was known at the window's end. */
type ReadPlace = (column: number, place: number, end: number) => number;

function plainReader(series: readonly Float64Array[], { columns }: WindowDocument): ReadPlace {
  return (column, place) => {
    const value = series[column]?.[place] as number;
    if (!Number.isFinite(value)) throw new AppError("data.window_value_missing", { column: columns[column] ?? "", row: place + 1 });
    return value;
  };
}

function filledReader(series: readonly Float64Array[], { fill }: WindowDocument, { fill: fitted, places }: WindowGaps): ReadPlace {
  const how = fill ?? { method: "previous" };
  const filled = series.map((values, column) => new FilledSeries(onPlaces(values, places), how, fitted.values[column] ?? null));
  return (column, place, end) => (filled[column] as FilledSeries).at(place, end);
}

/** Before the first known value there may be nothing to fill a gap with. What is known once stays known: the first place tells. */
function isKnown(read: ReadPlace, start: number, { columns, length }: WindowDocument): boolean {
  return columns.every((_, column) => Number.isFinite(read(column, start, start + length - 1)));
}

/** `passengers 7 back`: the number of steps from the value to the one that is predicted. */
export function namesOfWindow(window: WindowDocument): string[] {
  return Array.from({ length: window.length }, (_, step) => window.columns.map((name) => `${name} −${reach(window) - step}`)).flat();
}

function valuesOf(name: string, groups: ColumnGroups, before: ColumnGroups | null): Float64Array {
  return before === null ? seriesNumbers(name, groups) : joined(name, [before, groups]);
}

/** The rows of all parts, one part after the other, of columns of numbers. @throws AppError data.window_needs_numbers */
export function joinRows(parts: readonly ColumnGroups[], columns: readonly string[]): ColumnGroups {
  return new Map(columns.map((name) => [name, [{ kind: "number", name, values: joined(name, parts) }]]));
}

function joined(name: string, parts: readonly ColumnGroups[]): Float64Array {
  const own = parts.map((groups) => seriesNumbers(name, groups));
  const values = new Float64Array(own.reduce((sum, { length }) => sum + length, 0));
  let start = 0;
  for (const one of own) {
    values.set(one, start);
    start += one.length;
  }
  return values;
}

/** @throws AppError data.window_needs_numbers */
export function seriesNumbers(name: string, groups: ColumnGroups): Float64Array {
  const parts: readonly StepColumn[] = groups.get(name) ?? [];
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
