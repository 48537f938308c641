/**
 * The rows of a time series in the parts of a split: put in the order of time, each part's windows reaching back into the rows
 * before it, and what fills gaps learnt from the training rows. What one window is, is windows.ts; filling is window-gaps.ts.
 */
import { AppError } from "../errors.ts";
import type { ColumnDocument, DataDocument, WindowDocument } from "../graph/document.ts";
import { stepImplementation } from "../steps/implementations.ts";
import type { StepColumn } from "../steps/step.ts";
import type { FittedStep } from "./pipeline.ts";
import { applySteps, type ColumnGroups, columnsOfTable, inRowsOf, redoSteps, takeRows, takeTableRows } from "./pipeline.ts";
import type { Split } from "./split.ts";
import type { Table } from "./table.ts";
import { FilledSeries, type FittedFill, meanOfKnown, onPlaces, placesInTime, usualStep } from "./window-gaps.ts";
import { addWindows, joinRows, noWindows, reach, seriesNumbers, WINDOW } from "./windows.ts";

/** By chance, a row of the future would be learnt from: only the last rows can be held out. */
export function refuseOtherSplits({ window, split }: DataDocument): void {
  if (window !== undefined && split.method !== "time" && split.method !== "none")
    throw new AppError("data.window_needs_time_split", { method: split.method });
}

/** Positions of the table's rows in the order of time. @throws AppError data.column_missing, data.order_not_numbers, data.window_time_missing */
function timeOrder(table: Table, window: WindowDocument | undefined): Uint32Array | null {
  const times = timesOf(table, window);
  if (times === null || ascend(times)) return null;
  return Uint32Array.from({ length: table.rowCount }, (_, row) => row).sort((a, b) => (times[a] as number) - (times[b] as number) || a - b);
}

/** Whether rows stand in the order of time already: then nothing needs to be sorted, nor copied. */
function ascend(times: Float64Array): boolean {
  for (let row = 1; row < times.length; row += 1) if (!((times[row] as number) >= (times[row - 1] as number))) return false;
  return true;
}

function timesOf(table: Table, window: WindowDocument | undefined): Float64Array | null {
  const name = window?.order_by ?? null;
  if (name === null) return null;
  const column = table.columns.find((one) => one.name === name);
  if (column === undefined) throw new AppError("data.column_missing", { columns: name, count: 1 });
  if (column.kind !== "number") throw new AppError("data.order_not_numbers", { column: name, received: column.kind });
  // One without a time has no place among the others: wherever it were put, something would be learnt from the future.
  const missing = column.values.findIndex((time) => !Number.isFinite(time));
  if (missing >= 0) throw new AppError("data.window_time_missing", { column: name, row: (table.rowIds[missing] as number) + 1 });
  return column.values;
}

/**
 * The rows of a table that a model is asked about which have a time, where its windows are in the order of one: the others have no place
 * in a series, and nothing can be said of them. What is trained on is refused with such rows instead.
 */
export function datedRows(table: Table, window: WindowDocument | undefined): Table {
  const column = table.columns.find(({ name }) => name === window?.order_by);
  if (column?.kind !== "number" || column.values.every(Number.isFinite)) return table;
  return takeTableRows(
    table,
    Uint32Array.from({ length: table.rowCount }, (_, row) => row).filter((row) => Number.isFinite(column.values[row])),
  );
}

export function inTime(groups: ColumnGroups, table: Table, window: WindowDocument | undefined): ColumnGroups {
  const order = timeOrder(table, window);
  return order === null ? groups : takeRows(groups, order);
}

export function idsInTime(table: Table, window: WindowDocument | undefined): Uint32Array {
  const order = timeOrder(table, window);
  return order === null ? table.rowIds : order.map((row) => table.rowIds[row] as number);
}

/** What tells the time, ascending; null where the rows stand in order. */
function timesInOrder(table: Table, window: WindowDocument): Float64Array | null {
  const [times, order] = [timesOf(table, window), timeOrder(table, window)];
  return times === null || order === null ? times : Float64Array.from(order, (row) => times[row] as number);
}

/** 1 for rows that were left out by hand, in the order of time; null where none was. */
export function leftInTime(table: Table, window: WindowDocument | undefined): Uint8Array | null {
  const { leftOut } = table;
  return leftOut === undefined || window === undefined
    ? null
    : Uint8Array.from(idsInTime(table, window), (id) => (leftOut.has(id) ? 1 : 0));
}

/** The columns of one part, as the steps made them and as they were before. */
export interface SeriesPart {
  readonly groups: ColumnGroups;
  readonly raw: ColumnGroups;
}
/** Rows of each part that have a whole window; null where there is no window or no row. */
interface PartWindows {
  readonly training: Uint32Array | null;
  readonly validation: Uint32Array | null;
  readonly test: Uint32Array | null;
  readonly fill?: FittedFill;
  readonly filledGaps?: { readonly rows: number; readonly values: number };
  /** Rows that could be learnt from, had none of the rows of their windows been left out by hand. */
  readonly droppedWindows?: number;
}

/** Rows after those that are validated on and before those that test, which a fold by time leaves unused: test windows reach into them. */
export function betweenParts(window: WindowDocument | undefined, { training, validation, test }: Split): Uint32Array {
  const from = training.length + validation.length;
  const to = window === undefined ? from : (test[0] ?? from);
  return Uint32Array.from({ length: to - from }, (_, row) => from + row);
}

/** Windows of the training rows, and those of the rows after them, which reach back into the rows before. */
export function addWindowsToParts(
  window: WindowDocument | undefined,
  table: Table,
  split: Split & { readonly between: Uint32Array },
  parts: Readonly<Record<"training" | "validation" | "between" | "test", SeriesPart>>,
  of: {
    readonly steps: readonly FittedStep[];
    readonly targetNames: readonly string[];
    readonly cutsWindows: boolean;
    readonly cuts: boolean;
  },
): PartWindows {
  if (window === undefined) return { training: null, validation: null, test: null };
  if (!of.cutsWindows) return rowsWithWindows(window, split);
  const { training, validation, between, test } = parts;
  const left = leftInTime(table, window);
  let dropped = 0;
  const filling = window.fill !== undefined;
  const values = filling ? [training, validation, between, test].reduce((sum, part) => sum + forgetMissing(part, window), 0) : 0;
  if (filling && left !== null)
    for (const [part, rows] of [
      [training, split.training],
      [validation, split.validation],
      [between, split.between],
      [test, split.test],
    ] as const)
      forgetLeft(part.groups, window, pick(left, rows));
  const times = filling ? timesInOrder(table, window) : null;
  const fill = filling ? fitFill(window, training.groups, of.steps, times === null ? null : pick(times, split.training)) : null;
  const places = fill === null ? null : placesInTime(table.rowCount, times, fill.usual_step);
  const add = ({ groups, raw }: SeriesPart, before: ColumnGroups | null, rows: readonly Uint32Array[]): Uint32Array | null => {
    const count = rows.at(-1)?.length ?? 0;
    if (count === 0 && before !== null) {
      groups.set(WINDOW, [noWindows(window)]);
      return null;
    }
    const gaps =
      fill === null || places === null ? null : { fill, places: pick(places, joined(rows)), keep: hasTargets(raw, of.targetNames) };
    const found = addWindows(groups, before, window, count, {
      gaps,
      left: left === null ? null : pick(left, joined(rows)),
      cuts: of.cuts,
    });
    dropped += found.dropped;
    return found.rows;
  };
  // As they are before the windows are added.
  const before = new Map(training.groups);
  const beforeTest = joinRows([training.groups, validation.groups, between.groups], window.columns);
  const whole = {
    training: add(training, null, [split.training]),
    validation: add(validation, before, [split.training, split.validation]),
    test: add(test, beforeTest, [split.training, split.validation, split.between, split.test]),
  };
  const counted = left === null ? whole : { ...whole, droppedWindows: dropped };
  if (fill === null || places === null) return counted;
  return { ...counted, fill: stored(fill), filledGaps: { rows: (places.at(-1) ?? -1) + 1 - table.rowCount, values } };
}

/** Rows that have enough before them, of a series without gaps. @throws AppError data.window_too_long */
function rowsWithWindows(window: WindowDocument, { training, validation, test }: Split): PartWindows {
  const { length, horizon } = window;
  if (training.length <= reach(window)) throw new AppError("data.window_too_long", { length, horizon, rows: training.length });
  const from = (first: number, rows: Uint32Array): Uint32Array => Uint32Array.from({ length: rows.length - first }, (_, i) => first + i);
  const all = (rows: Uint32Array): Uint32Array | null => (rows.length === 0 ? null : from(0, rows));
  return { training: from(reach(window), training), validation: all(validation), test: all(test) };
}

/**
 * The same for other rows, with what was learnt.
 * @param raw         as the columns were before the steps
 * @param targetNames null when targets are not asked for: then every row is kept that has a window
 */
export function addWindowsAgain(
  window: WindowDocument,
  table: Table,
  part: SeriesPart,
  fill: FittedFill | undefined,
  targetNames: readonly string[] | null,
): Uint32Array {
  const left = leftInTime(table, window);
  if (fill === undefined) return addWindows(part.groups, null, window, table.rowCount, { left }).rows;
  forgetMissing(part, window);
  if (left !== null) forgetLeft(part.groups, window, left);
  const places = placesInTime(table.rowCount, timesInOrder(table, window), fill.usual_step);
  const keep = hasTargets(part.raw, targetNames ?? []);
  return addWindows(part.groups, null, window, table.rowCount, { gaps: { fill, places, keep }, left }).rows;
}

export interface SeriesInPlaces {
  /** Place in time of each row. */
  readonly places: Uint32Array;
  /** One a column of the window. */
  readonly columns: readonly FilledSeries[];
}

/**
 * A whole series as windows are cut from it: prepared, on its places, its gaps filled.
 * @param table the rows that are kept
 * @param fill  null: values that are missing stay so
 */
export function seriesInPlaces(
  table: Table,
  documents: readonly ColumnDocument[],
  window: WindowDocument,
  { steps, fill }: { readonly steps: readonly FittedStep[]; readonly fill: FittedFill | null },
): SeriesInPlaces {
  const named = documents.filter(({ name }) => window.columns.includes(name));
  const groups = inTime(columnsOfTable(table, named), table, window);
  const raw = new Map(groups);
  inRowsOf(
    () => idsInTime(table, window),
    () => applySteps(steps, groups),
  );
  if (fill !== null) forgetMissing({ groups, raw }, window);
  const left = leftInTime(table, window);
  if (fill !== null && left !== null) forgetLeft(groups, window, left);
  const places = placesInTime(table.rowCount, fill === null ? null : timesInOrder(table, window), fill?.usual_step ?? null);
  const how = window.fill ?? { method: "constant" };
  const columns = window.columns.map((name, column) => {
    const value = fill === null ? Number.NaN : (fill.values[column] ?? null);
    return new FilledSeries(onPlaces(seriesNumbers(name, groups), places), how, value);
  });
  return { places, columns };
}

/** Numbers as they are read back with the model: training uses the same. */
const stored = (fill: FittedFill): FittedFill => JSON.parse(JSON.stringify(fill)) as FittedFill;

/** A value that was missing is filled here, whatever a step put in: how many there were. */
function forgetMissing({ groups, raw }: SeriesPart, window: WindowDocument): number {
  let count = 0;
  for (const name of window.columns) {
    const [before, after] = [numberOf(raw, name), numberOf(groups, name)];
    if (before === null || after === null) continue;
    const values = after.slice();
    before.forEach((value, row) => {
      if (Number.isFinite(value)) return;
      values[row] = Number.NaN;
      count += 1;
    });
    groups.set(name, [{ kind: "number", name, values }]);
  }
  return count;
}

/** Nothing is filled in from a row that was left out. */
function forgetLeft(groups: ColumnGroups, { columns }: WindowDocument, left: Uint8Array): void {
  for (const name of columns) {
    const values = numberOf(groups, name);
    if (values !== null)
      groups.set(name, [{ kind: "number", name, values: values.map((own, row) => (left[row] === 1 ? Number.NaN : own)) }]);
  }
}

function numberOf(groups: ColumnGroups, name: string): Float64Array | null {
  const [only, ...more] = groups.get(name) ?? [];
  return only?.kind === "number" && more.length === 0 ? only.values : null;
}

function fitFill(
  { columns, fill }: WindowDocument,
  training: ColumnGroups,
  steps: readonly FittedStep[],
  times: Float64Array | null,
): FittedFill {
  const usual_step = times === null ? null : usualStep(times);
  if (fill?.method === "mean")
    return {
      usual_step,
      values: columns.map((name) => {
        const mean = meanOfKnown(numberOf(training, name) ?? new Float64Array());
        if (!Number.isFinite(mean)) throw new AppError("data.column_all_missing", { column: name, strategy: "mean" });
        return mean;
      }),
    };
  if (fill?.method !== "constant") return { usual_step, values: [] };
  return {
    usual_step,
    values: columns.map((name) => redoSteps(steps.filter(isPlain), name, Float64Array.of(fill.value ?? 0))[0] as number),
  };
}

/** Steps that look at one number alone; those that fill in or clip leave the others as they are. */
const isPlain = ({ step }: FittedStep): boolean => stepImplementation(step.type).inverse !== undefined;

/** A row whose target is missing is nothing to learn from, nor to be measured by. */
function hasTargets(raw: ColumnGroups, names: readonly string[]): (row: number) => boolean {
  const columns = names.flatMap((name) => raw.get(name) ?? []);
  return (row) => !columns.some((column) => isMissingAt(column, row));
}

export function isMissingAt(column: StepColumn, row: number): boolean {
  if (column.kind === "number" || column.kind === "date") return Number.isNaN(column.values[row]);
  return "codes" in column && (column.codes[row] as number) < 0;
}

function pick<A extends Uint32Array | Float64Array | Uint8Array>(values: A, rows: Uint32Array): A {
  const picked = new (values.constructor as new (size: number) => A)(rows.length);
  rows.forEach((row, place) => (picked[place] = values[row] as number));
  return picked;
}

function joined(parts: readonly Uint32Array[]): Uint32Array {
  const all = new Uint32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let start = 0;
  for (const part of parts) {
    all.set(part, start);
    start += part.length;
  }
  return all;
}
