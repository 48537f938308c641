/**
 * A run of a series tried out: a window of the data, with cells changed as a person likes, and what the run says of the rows that follow.
 * What is not changed are the rows of the table, so that the answer is that of the predictions file, to the bit.
 */
import { chooseRows } from "../../../core/data/filter/choose-rows.ts";
import { filterTable } from "../../../core/data/filter/filter-table.ts";
import { takeColumnRows } from "../../../core/data/pipeline.ts";
import type { PreparedPart } from "../../../core/data/prepared.ts";
import type { Column, Table } from "../../../core/data/table.ts";
import { columnsToRead } from "../../../core/data/windows.ts";
import { isEnsemble } from "../../../core/ensembles/ensemble.ts";
import { AppError } from "../../../core/errors.ts";
import type { WindowDocument } from "../../../core/graph/document.ts";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import type { MethodInput, MethodOutput } from "../../../core/protocol/methods.ts";
import type { Predictor } from "../../../core/train/model.ts";
import { forecast, knownAtLeast, mostAhead } from "../../../core/train/series/forecast.ts";
import { nextTimes } from "../../../core/train/series/next-times.ts";
import { windowEffects } from "../../../core/train/series/window-effects.ts";
import { loadTable, queryStored } from "../datasets/load-table.ts";
import { rowsByNumber } from "../datasets/stored-table.ts";
import { type AskedEnsemble, ensembleOfSeries, forecastTogether, furthestBack, type SeriesSurroundings } from "./series-ensemble.ts";
import { typedTable } from "./typed-table.ts";

/** Rows ahead at most; rows before the window that fill its gaps; rows that are drawn around it; windows that others are taken from. */
const MOST_AHEAD = 200;
const ROWS_THAT_FILL = 1000;
const DRAWN_BEFORE = 240;
const OTHER_WINDOWS = 24;

interface Series {
  /** Of an ensemble the member that reads back furthest. */
  readonly predictor: Predictor;
  /** Null: the run is a network of its own. */
  readonly ensemble: AskedEnsemble | null;
  readonly window: WindowDocument;
  /** Of the run's data, in the order of time; `rowIds` are rows of the stored table. */
  readonly table: Table;
  /** By place; null where the rows stand in order. */
  readonly times: Float64Array | null;
  readonly dates: boolean;
}

export function trySeriesHandlers(around: SeriesSurroundings): Pick<HostHandlers, "runs.window" | "runs.forecast"> {
  // Asked again with every change: the last series stays.
  let latest: { readonly key: string; readonly table: Promise<Table> } | null = null;
  const opened = async (id: string): Promise<Series> => {
    const { store, models, tablePath } = around;
    const run = store.getRun(id);
    const { data } = store.runDesign(id);
    const ensemble = isEnsemble(run) ? ensembleOfSeries(around, run) : null;
    const predictor = ensemble === null ? models.predictor(id) : furthestBack(ensemble.members);
    const { window } = predictor.pipeline;
    if (window === undefined || data === null) throw new AppError("run.no_series", { name: run.name });
    if (run.dataset_id === null) throw new AppError("run.no_dataset", { name: run.name });
    const path = await tablePath(run.dataset_id);
    const key = JSON.stringify([id, path]);
    if (latest?.key !== key)
      latest = { key, table: loadTable(path, columnsToRead(data)).then((all) => filterTable(chooseRows(all, data), data)) };
    const all = await latest.table.catch((thrown: unknown) => {
      latest = null;
      throw thrown;
    });
    const dates = data.columns.find(({ name }) => name === window.order_by)?.type === "date";
    return { predictor, ensemble, window, dates, ...ordered(all, window) };
  };
  return {
    "runs.window": async ({ id, end }) => {
      const series = await opened(id);
      const run = around.store.getRun(id);
      return windowOf(series, end, await around.tablePath(run.dataset_id ?? ""));
    },
    "runs.forecast": async (input) => forecastOf(await opened(input.id), input),
  };
}

/** Rows without a time are left out. */
function ordered(table: Table, { order_by: name }: WindowDocument): Pick<Series, "table" | "times"> {
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
function endOf({ predictor, table, window }: Series, end: number | null): number {
  const fewest = knownAtLeast(predictor.pipeline);
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

async function windowOf(series: Series, asked: number | null, path: string): Promise<MethodOutput<"runs.window">> {
  const { predictor, window, table, times, dates } = series;
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
    first: knownAtLeast(predictor.pipeline) - 1,
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

async function forecastOf(
  series: Series,
  { end: asked, changes, ahead, effects }: MethodInput<"runs.forecast">,
): Promise<MethodOutput<"runs.forecast">> {
  const { predictor, ensemble } = series;
  const { pipeline } = predictor;
  const end = endOf(series, asked);
  const count = Math.min(ahead, MOST_AHEAD, mostAhead(pipeline));
  const { table, before, times } = await changed(asIfLast(series, end, Math.max(count, series.window.horizon)), series, changes);
  const all = ensemble === null ? forecast(predictor, table, before) : await forecastTogether(ensemble, table, before);
  const rows = all.slice(0, count);
  return {
    rows: rows.map(({ fed, answers }, k) => ({
      x: times?.[before + k] ?? end + 2 + k,
      fed,
      answers: answers === null ? null : answers.map((answer) => ({ ...answer })),
    })),
    // Of an ensemble each member has its own: they are asked of the members.
    effects:
      effects && ensemble === null
        ? windowEffects(predictor, preparedLast(series, table, before), otherWindows(series))
        : { steps: [], columns: [] },
  };
}

interface Prepared {
  /** So many known rows, then those that follow. */
  readonly table: Table;
  readonly before: number;
  readonly times: Float64Array | null;
}

/** The rows up to `end` that are needed, and after them rows of which nothing is known but their times; other features stay as they were last. */
function asIfLast({ predictor, window, table, times, dates }: Series, end: number, count: number): Prepared {
  const needed = knownAtLeast(predictor.pipeline) + (window.fill === undefined ? 0 : ROWS_THAT_FILL);
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
async function changed(
  prepared: Prepared,
  { predictor, window }: Series,
  changes: MethodInput<"runs.forecast">["changes"],
): Promise<Prepared> {
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
  const first = knownAtLeast(series.predictor.pipeline) - 1;
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
