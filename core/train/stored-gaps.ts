/**
 * A time series of which gaps are filled, or rows are left out by hand, and whose windows do not fit into memory: the series itself is held
 * whole while its gaps are filled, and written once; a training cuts its windows from the file. Only the windows are many times as large.
 */
import { chooseRows } from "../data/filter/choose-rows.ts";
import { filterTable } from "../data/filter/filter-table.ts";
import { inRowsOf } from "../data/pipeline.ts";
import type { PreparedData } from "../data/prepared.ts";
import type { Rows } from "../data/rows.ts";
import { idsInTime, type SeriesInPlaces, seriesInPlaces } from "../data/series-parts.ts";
import type { Table } from "../data/table.ts";
import type { FilledSeries } from "../data/window-gaps.ts";
import { reach } from "../data/windows.ts";
import { AppError } from "../errors.ts";
import type { DataDocument, WindowDocument } from "../graph/document.ts";
import type { PartName, RowSource } from "./row-source.ts";
import type { StoredSeries } from "./stored-series.ts";

/** Numbers that are written at a time. */
const PIECE_NUMBERS = 1 << 20;
const PARTS = ["training", "validation", "test"] as const;

/** Whether windows do not simply follow each other. */
export const hasGaps = ({ window, row_choices }: DataDocument): boolean =>
  window !== undefined && (window.fill !== undefined || row_choices !== undefined);

/**
 * The series, written.
 * @param table with the columns of the windows
 * @param rows  windows of each part that are wanted for a look
 * @throws AppError data.window_value_missing
 */
export function writeFilled(
  data: DataDocument,
  series: StoredSeries,
  targets: PreparedData,
  table: Table,
  source: Pick<RowSource, "write">,
  rows: Readonly<Record<PartName, number>>,
): { readonly series: StoredSeries; readonly windows: Readonly<Record<PartName, Rows>> } {
  const { window } = series;
  const kept = filterTable(chooseRows(table, data), data);
  const fitted = { steps: targets.pipeline.steps, fill: targets.pipeline.window_fill ?? null };
  const inPlaces = seriesInPlaces(kept, data.columns, window, fitted);
  const ids = idsInTime(kept, window);
  const starts = startsOf(window, ids, table.rowCount, inPlaces, targets);
  if (fitted.fill === null)
    inRowsOf(
      () => ids,
      () => refuseMissing(window, starts, inPlaces.columns),
    );
  const known = window.fill?.method === "linear";
  const [first] = inPlaces.columns;
  const places = first?.places ?? 0;
  const width = inPlaces.columns.length;
  const piece = Math.max(1, Math.floor(PIECE_NUMBERS / width));
  for (let from = 0; from < places; from += piece) {
    const count = Math.min(piece, places - from);
    const values = new Float32Array(count * width);
    const last = new Uint32Array(known ? count * width : 0);
    inPlaces.columns.forEach((column, k) => {
      for (let i = 0; i < count; i += 1) {
        values[i * width + k] = column.at(from + i, Number.POSITIVE_INFINITY);
        if (known) last[i * width + k] = column.lastKnown(from + i);
      }
    });
    source.write("series", values, null);
    if (known) source.write("known", new Float32Array(last.buffer), null);
  }
  const windows = Object.fromEntries(
    PARTS.map((name) => [name, firstWindows(window, starts[name].subarray(0, rows[name]), inPlaces.columns)]),
  );
  return { series: { ...series, starts, known }, windows: windows as Record<PartName, Rows> };
}

function startsOf(
  window: WindowDocument,
  ids: Uint32Array,
  tableRows: number,
  { places }: SeriesInPlaces,
  targets: PreparedData,
): Record<PartName, Uint32Array> {
  const placeOf = new Uint32Array(tableRows);
  ids.forEach((id, row) => (placeOf[id] = places[row] as number));
  const of = (name: PartName): Uint32Array => {
    const rowIds = targets[name]?.rowIds ?? new Uint32Array(0);
    const starts = new Uint32Array(new SharedArrayBuffer(4 * rowIds.length));
    rowIds.forEach((id, i) => (starts[i] = (placeOf[id] as number) - reach(window)));
    return starts;
  };
  return { training: of("training"), validation: of("validation"), test: of("test") };
}

/** What no window reads may be missing. Without a fill rows stand at their places in time. */
function refuseMissing(window: WindowDocument, starts: Readonly<Record<PartName, Uint32Array>>, columns: readonly FilledSeries[]): void {
  const places = columns[0]?.places ?? 0;
  /** How many windows begin at a place, less those that end before it. */
  const edges = new Int32Array(places + window.length + 1);
  for (const name of PARTS)
    for (const start of starts[name]) {
      edges[start] = (edges[start] as number) + 1;
      edges[start + window.length] = (edges[start + window.length] as number) - 1;
    }
  for (let place = 0, covered = 0; place < places; place += 1) {
    covered += edges[place] as number;
    const column = covered === 0 ? -1 : columns.findIndex((one) => !Number.isFinite(one.at(place, place)));
    if (column >= 0) throw new AppError("data.window_value_missing", { column: window.columns[column] ?? "", row: place + 1 });
  }
}

function firstWindows({ length }: WindowDocument, starts: Uint32Array, columns: readonly FilledSeries[]): Rows {
  const width = length * columns.length;
  const values = new Float32Array(starts.length * width);
  starts.forEach((start, i) => {
    for (let step = 0; step < length; step += 1)
      columns.forEach((column, k) => (values[i * width + step * columns.length + k] = column.at(start + step, start + length - 1)));
  });
  return { shape: [length, columns.length], values };
}
