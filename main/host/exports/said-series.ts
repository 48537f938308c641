/**
 * A window of a series, with cells changed as a person likes, and what a network says of the rows that follow: computed in the thread that
 * answers such questions. What is not changed are the rows of the table, so that the answer is that of the predictions file, to the bit.
 */
import { chooseRows } from "../../../core/data/filter/choose-rows.ts";
import { filterTable } from "../../../core/data/filter/filter-table.ts";
import { takeColumnRows } from "../../../core/data/pipeline.ts";
import type { PreparedPart } from "../../../core/data/prepared.ts";
import type { Column, Table } from "../../../core/data/table.ts";
import { columnsToRead } from "../../../core/data/windows.ts";
import { AppError } from "../../../core/errors.ts";
import type { DataDocument, WindowDocument } from "../../../core/graph/document.ts";
import type { MethodInput, MethodOutput } from "../../../core/protocol/methods.ts";
import type { Predictor } from "../../../core/train/model.ts";
import type { PredictedRows } from "../../../core/train/predicted-rows.ts";
import { type ForecastRow, forecast, knownAtLeast, mostAhead } from "../../../core/train/series/forecast.ts";
import { nextTimes } from "../../../core/train/series/next-times.ts";
import { windowEffects } from "../../../core/train/series/window-effects.ts";
import { loadTable, queryStored } from "../datasets/load-table.ts";
import { rowsByNumber } from "../datasets/stored-table.ts";
import { typedTable } from "./typed-table.ts";

/** Rows ahead at most; rows before the window that fill its gaps; rows that are drawn around it; windows that others are taken from. */
const MOST_AHEAD = 200;
const ROWS_THAT_FILL = 1000;
const DRAWN_BEFORE = 240;
const OTHER_WINDOWS = 24;

/** What is asked about: plain data. */
export interface TriedSeries {
  /** Of the stored table. */
  readonly path: string;
  readonly data: DataDocument;
  /** Of the window, in rows: the network's own, or of an ensemble the longest of its members'. */
  readonly length: number;
}

export interface ForecastQuestion extends Pick<MethodInput<"runs.forecast">, "end" | "changes" | "ahead" | "effects"> {
  readonly series: TriedSeries;
  /** Of an ensemble's member: what its rule needs of each row; else answers of every output. */
  readonly as: "answers" | "rows";
}

export interface SaidOfSeries extends MethodOutput<"runs.forecast"> {
  /** Of a member of an ensemble, one a row; null where the window of the row is not whole. */
  readonly predicted: readonly (PredictedRows | null)[];
}

/** The rows of a run's data, in the order of time; `rowIds` are rows of the stored table. */
interface OrderedRows {
  readonly table: Table;
  /** By place; null where the rows stand in order. */
  readonly times: Float64Array | null;
  readonly dates: boolean;
}

interface Series extends OrderedRows {
  readonly predictor: Predictor;
  readonly window: WindowDocument;
  /** Rows that must be known, of the longest window. */
  readonly fewest: number;
  readonly path: string;
}

/** Asked again with every change, and of an ensemble by each member: the rows of the last series stay. */
export class TriedRows {
  private latest: { readonly key: string; readonly rows: Promise<OrderedRows> } | null = null;

  /** @throws AppError data.*, run.no_window_there */
  async window(predictor: Predictor, tried: TriedSeries, end: number | null): Promise<MethodOutput<"runs.window">> {
    return windowOf(await this.opened(predictor, tried), end);
  }

  /** @throws AppError data.*, run.no_window_there, run.no_such_cell */
  async forecast(predictor: Predictor, question: ForecastQuestion): Promise<SaidOfSeries> {
    return forecastOf(await this.opened(predictor, question.series), question);
  }

  private async opened(predictor: Predictor, { path, data, length }: TriedSeries): Promise<Series> {
    const own = predictor.pipeline.window;
    if (own === undefined) throw new Error("a window is asked for, of a network that reads none");
    const window = { ...own, length };
    const key = JSON.stringify([path, data, window.order_by]);
    if (this.latest?.key !== key) this.latest = { key, rows: orderedRows(path, data, window) };
    const rows = await this.latest.rows.catch((thrown: unknown) => {
      this.latest = null;
      throw thrown;
    });
    return { predictor, window, fewest: knownAtLeast({ ...predictor.pipeline, window }), path, ...rows };
  }
}

async function orderedRows(path: string, data: DataDocument, window: WindowDocument): Promise<OrderedRows> {
  const all = filterTable(chooseRows(await loadTable(path, columnsToRead(data)), data), data);
  return { dates: data.columns.find(({ name }) => name === window.order_by)?.type === "date", ...ordered(all, window) };
}

/** Rows without a time are left out. */
function ordered(table: Table, { order_by: name }: WindowDocument): Pick<OrderedRows, "table" | "times"> {
  const column = table.columns.find((one) => one.name === name);
  if (name === null) return { table, times: null };
  if (column?.kind !== "number") throw new AppError("data.column_missing", { columns: name, count: 1 });
  const { values } = column;
  const rows = Uint32Array.from({ length: table.rowCount }, (_, row) => row)
    .filter((row) => Number.isFinite(values[row]))
    .sort((a, b) => (values[a] as number) - (values[b] as number) || a - b);
  return { table: rowsOf(table, rows), times: Float64Array.from(rows, (row) => values[row] as number) };
}

function rowsOf(table: Table, rows: Uint32Array): Table {
  return {
    rowCount: rows.length,
    rowIds: rows.map((row) => table.rowIds[row] as number),
    columns: table.columns.map((column) => takeColumnRows(column, rows) as Column),
  };
}

/** @throws AppError data.window_too_long, run.no_window_there */
function endOf({ table, window, fewest }: Series, end: number | null): number {
  if (table.rowCount < fewest)
    throw new AppError("data.window_too_long", { length: window.length, horizon: window.horizon, rows: table.rowCount });
  const place = end ?? table.rowCount - 1;
  if (place < fewest - 1 || place >= table.rowCount)
    throw new AppError("run.no_window_there", { place: place + 1, first: fewest, last: table.rowCount });
  return place;
}

const numbersOf = (table: Table, name: string): Float64Array | null => {
  const column = table.columns.find((one) => one.name === name);
  return column?.kind === "number" ? column.values : null;
};

const known = (value: number | undefined): number | null => (value !== undefined && Number.isFinite(value) ? value : null);

async function windowOf(series: Series, asked: number | null): Promise<MethodOutput<"runs.window">> {
  const { predictor, window, table, times, dates, fewest, path } = series;
  const end = endOf(series, asked);
  const x = (place: number): number => times?.[place] ?? place + 1;
  const [layout] = Object.values(predictor.pipeline.targets);
  const targets = layout?.encoding === "value" ? [...layout.columns] : [];
  const places = Array.from({ length: window.length }, (_, step) => end - window.length + 1 + step);
  const numbers = places.map((place) => table.rowIds[place] as number);
  const { columns, rows } = await queryStored(path, (database) => rowsByNumber(database, path, numbers));
  const at = window.columns.map((name) => columns.indexOf(name));
  const observed = targets.map((name) => numbersOf(table, name));
  const from = Math.max(0, end + 1 - Math.max(DRAWN_BEFORE, Math.min(window.length, 2 * DRAWN_BEFORE)));
  const to = Math.min(table.rowCount, end + 1 + MOST_AHEAD);
  return {
    length: window.length,
    horizon: window.horizon,
    columns: [...window.columns],
    targets,
    time: window.order_by,
    dates,
    total: table.rowCount,
    first: fewest - 1,
    end,
    most_ahead: Math.min(MOST_AHEAD, mostAhead(predictor.pipeline)),
    rows: places.map((place, k) => ({
      row: numbers[k] as number,
      x: x(place),
      cells: at.map((column) => rows[k]?.[column] ?? null),
    })),
    around: Array.from({ length: to - from }, (_, k) => from + k).map((place) => ({
      x: x(place),
      known: place <= end,
      observed: observed.map((values) => known(values?.[place])),
    })),
  };
}

async function forecastOf(series: Series, { end: asked, changes, ahead, effects, as }: ForecastQuestion): Promise<SaidOfSeries> {
  const { predictor } = series;
  const { pipeline } = predictor;
  const end = endOf(series, asked);
  const count = Math.min(ahead, MOST_AHEAD, mostAhead(pipeline));
  const { table, before, times } = await changed(asIfLast(series, end, Math.max(count, series.window.horizon)), series, changes);
  const rows = forecast(predictor, table, before).slice(0, count);
  const answersOf = ({ answers }: ForecastRow) => (as === "rows" || answers === null ? null : answers.map((answer) => ({ ...answer })));
  return {
    rows: rows.map((row, k) => ({ x: times?.[before + k] ?? end + 2 + k, fed: row.fed, answers: answersOf(row) })),
    predicted: as === "rows" ? rows.map(({ predicted }) => predicted()) : [],
    effects: effects ? windowEffects(predictor, preparedLast(series, table, before), otherWindows(series)) : { steps: [], columns: [] },
  };
}

interface Prepared {
  /** So many known rows, then those that follow. */
  readonly table: Table;
  readonly before: number;
  readonly times: Float64Array | null;
}

/** The rows up to `end` that are needed, and after them rows of which nothing is known but their times; other features stay as they were last. */
function asIfLast({ window, table, times, dates, fewest }: Series, end: number, count: number): Prepared {
  const needed = fewest + (window.fill === undefined ? 0 : ROWS_THAT_FILL);
  const from = Math.max(0, end + 1 - needed);
  const before = end + 1 - from;
  const picked = rowsOf(
    table,
    Uint32Array.from({ length: before + count }, (_, k) => Math.min(end, from + k)),
  );
  const all =
    times === null ? null : Float64Array.from([...times.subarray(from, end + 1), ...nextTimes(times.subarray(0, end + 1), count, dates)]);
  const columns = picked.columns.map((column): Column => {
    if (column.kind !== "number") return column;
    if (column.name === window.order_by && all !== null) return { ...column, values: all };
    return window.columns.includes(column.name)
      ? { ...column, values: column.values.map((value, row) => (row < before ? value : Number.NaN)) }
      : column;
  });
  return {
    table: { rowCount: before + count, rowIds: Uint32Array.from({ length: before + count }, (_, row) => row), columns },
    before,
    times: all,
  };
}

/** What was typed is read as the file is: only the cells that were changed. @throws AppError run.no_such_cell, data.not_a_number */
async function changed(prepared: Prepared, { predictor, window }: Series, changes: ForecastQuestion["changes"]): Promise<Prepared> {
  if (changes.length === 0) return prepared;
  const wrong = changes.find(({ back, column }) => back >= window.length || !window.columns.includes(column));
  if (wrong !== undefined) throw new AppError("run.no_such_cell", { column: wrong.column, back: wrong.back });
  const backs = [...new Set(changes.map(({ back }) => back))];
  const lines = backs.map((back) =>
    Object.fromEntries(changes.filter((one) => one.back === back).map(({ column, value }) => [column, value])),
  );
  const names = [...new Set(changes.map(({ column }) => column))];
  const documents = columnsToRead(predictor.pipeline)
    .filter(({ name }) => names.includes(name))
    .map((column) => ({ ...column, role: "feature" as const }));
  const typed = await typedTable(documents, names, lines);
  const columns = prepared.table.columns.map((column): Column => {
    const given = numbersOf(typed, column.name);
    if (column.kind !== "number" || given === null) return column;
    const values = column.values.slice();
    for (const { back, column: name } of changes)
      if (name === column.name) values[prepared.before - 1 - back] = given[backs.indexOf(back)] as number;
    return { ...column, values };
  });
  return { ...prepared, table: { ...prepared.table, columns } };
}

/** The row that the whole window is for. */
function preparedLast({ predictor, window }: Series, table: Table, before: number): PreparedPart {
  const rows = Uint32Array.from({ length: before + window.horizon }, (_, row) => row);
  return lastOf(predictor.prepare({ ...rowsOf(table, rows), rowIds: rows }, false));
}

function lastOf(part: PreparedPart): PreparedPart {
  const place = part.rowCount - 1;
  const inputs = Object.entries(part.inputs).map(([id, { values, shape }]) => {
    const size = shape.reduce((a, b) => a * b, 1);
    return [id, { shape, values: values.slice(place * size, (place + 1) * size) }] as const;
  });
  return { rowCount: 1, rowIds: part.rowIds.slice(place), inputs: Object.fromEntries(inputs), targets: {} };
}

/** Windows from all over the series; those whose values are not all known are no use. */
function otherWindows(series: Series): PreparedPart[] {
  const first = series.fewest - 1;
  const span = series.table.rowCount - first;
  const ends = [...new Set(Array.from({ length: OTHER_WINDOWS }, (_, k) => first + Math.floor(((k + 0.5) * span) / OTHER_WINDOWS)))];
  return ends.flatMap((end) => {
    const { table, before } = asIfLast(series, end, series.window.horizon);
    try {
      return [preparedLast(series, table, before)];
    } catch (thrown) {
      if (thrown instanceof AppError) return [];
      throw thrown;
    }
  });
}
