/**
 * A time series that does not fit into memory when its windows are cut: its steps are prepared and written once, one after the other in time,
 * and a training cuts its windows from the file. Which rows have a window, their targets and the split are prepared whole, as ever.
 */
import { tableOrder } from "../data/blocks/row-order.ts";
import type { DataNeeds } from "../data/data-needs.ts";
import { applySteps, columnsOfTable, type FittedStep, fitSteps, inRowsOf, learntFromSample } from "../data/pipeline.ts";
import type { FeatureGroup, Rows } from "../data/rows.ts";
import { namesOfWindow, reach, seriesNumbers, WINDOW } from "../data/windows.ts";
import { AppError } from "../errors.ts";
import type { DataDocument, WindowDocument } from "../graph/document.ts";
import type { PartName, RowReader, RowSource } from "./row-source.ts";
import { readSample, sampledPlaces, withSteps } from "./stored-features.ts";

export interface StoredSeries {
  readonly window: WindowDocument;
  /** Input nodes that take windows. */
  readonly inputs: readonly string[];
  /** Of all rows, in the order of time. */
  readonly ids: Uint32Array;
  /** The row of the series at which the first window of each part begins. */
  readonly first: Readonly<Record<PartName, number>>;
  /** Where the window of each row begins, where they do not follow each other. Shared with the threads that read. */
  readonly starts?: Readonly<Record<PartName, Uint32Array>>;
  /** Whether it is written which steps are known (WindowRows). */
  readonly known?: boolean;
}

/** Null where the design has no series. @param rows of each part, those that have a window */
export function storedSeries(
  { window }: Pick<DataDocument, "window">,
  { inputs }: DataNeeds,
  ids: () => Uint32Array,
  rows: Readonly<Record<PartName, number>>,
): StoredSeries | null {
  if (window === undefined) return null;
  const taken = inputs.filter(({ columns }) => columns.length === 0).map(({ nodeId }) => nodeId);
  const all = ids();
  // Rows that test are the last: a fold by time may leave rows between them and those that are validated on.
  const first = { training: 0, validation: rows.training, test: all.length - reach(window) - rows.test };
  return { window, inputs: taken, ids: all, first };
}

/** Rows that the steps learn from: those of the training part, and those before its first window ends. */
export const learntFrom = ({ ids, window, first }: StoredSeries): Uint32Array => ids.subarray(0, reach(window) + first.validation);

export function windowGroup(window: WindowDocument): FeatureGroup {
  const names = namesOfWindow(window);
  return { column: WINDOW, width: names.length, names, shape: [window.length, window.columns.length] };
}

/**
 * What the steps of the series learn, from as many training rows as may be held.
 * @param learnt columns whose steps have learnt already: targets
 */
export async function fitSeries(
  data: DataDocument,
  series: StoredSeries,
  learnt: ReadonlySet<string>,
  source: RowReader,
  seed: number,
): Promise<readonly FittedStep[]> {
  const own = seriesColumns(data, series).filter(({ name }) => !learnt.has(name));
  const all = learntFrom(series);
  const { steps } = withSteps(data, (name) => own.some((column) => column.name === name));
  if (steps.length === 0) return [];
  const ids = sampledPlaces(all.length, seed, source.sampleRows).map((place) => all[place] as number);
  const sample = await readSample(own, ids, source, null);
  const groups = columnsOfTable(sample, own);
  const known = new Set(data.columns.map(({ name }) => name));
  const fitted = inRowsOf(
    () => ids,
    () => fitSteps(steps, groups, new Set(), known, () => null),
  );
  return fitted.map((step) => learntFromSample(step, { rows: ids.length, of: all.length }));
}

/** How often the rows are gone over for the series: once for a sample, where anything is to be learnt, and once to write it. */
export function seriesPasses(data: DataDocument, series: StoredSeries, learnt: ReadonlySet<string>): number {
  const own = seriesColumns(data, series).filter(({ name }) => !learnt.has(name));
  return data.steps.some(({ columns }) => own.some(({ name }) => columns.includes(name))) ? 2 : 1;
}

const seriesColumns = ({ columns }: Pick<DataDocument, "columns">, { window }: StoredSeries): DataDocument["columns"] =>
  columns.filter(({ name }) => window.columns.includes(name));

/**
 * Every step of the series, prepared and written.
 * @param rows windows of each part that are wanted for a look
 * @returns those of each part
 * @throws AppError data.window_value_missing, data.window_needs_numbers
 */
export async function writeSeries(
  data: Pick<DataDocument, "columns">,
  series: StoredSeries,
  steps: readonly FittedStep[],
  source: RowSource,
  rows: Readonly<Record<PartName, number>>,
): Promise<Readonly<Record<PartName, Rows>>> {
  const { window, ids, first } = series;
  const { length, columns: names } = window;
  const columns = seriesColumns(data, series);
  const order = tableOrder(ids);
  const placeOf = (i: number): number => (order === null ? i : (order[i] as number));
  const width = names.length;
  const heads = (["training", "validation", "test"] as const).map((name) => {
    const count = rows[name] === 0 ? 0 : rows[name] + length - 1;
    return { name, start: first[name], count, values: new Float32Array(count * width) };
  });
  const missing = { place: Number.POSITIVE_INFINITY, column: "" };
  let next = 0;
  await source.pieces(columns, (piece) => {
    const groups = columnsOfTable(piece, columns);
    applySteps(steps, groups);
    const values = names.map((name) => seriesNumbers(name, groups));
    const begin = piece.rowIds[0] ?? 0;
    const start = next;
    while (next < ids.length && (ids[placeOf(next)] as number) < begin + piece.rowCount) next += 1;
    const made = new Float32Array((next - start) * width);
    for (let i = start; i < next; i++) {
      const place = placeOf(i);
      const row = (ids[place] as number) - begin;
      for (let column = 0; column < width; column++) {
        const value = (values[column] as Float64Array)[row] as number;
        if (!Number.isFinite(value) && place < missing.place) Object.assign(missing, { place, column: names[column] });
        made[(i - start) * width + column] = value;
      }
      const one = made.subarray((i - start) * width, (i - start + 1) * width);
      for (const head of heads)
        if (place >= head.start && place < head.start + head.count) head.values.set(one, (place - head.start) * width);
    }
    writeRuns(made, width, start, order, (run, at) => source.write("series", run, at));
  });
  // What comes after the last window is read by none.
  if (missing.place < ids.length - window.horizon)
    throw new AppError("data.window_value_missing", { column: missing.column, row: (ids[missing.place] as number) + 1 });
  const windowsOf = ({ name, values }: (typeof heads)[number]): [PartName, Rows] => {
    const own = length * width;
    const cut = new Float32Array(rows[name] * own);
    for (let i = 0; i < rows[name]; i++) cut.set(values.subarray(i * width, i * width + own), i * own);
    return [name, { shape: [length, width], values: cut }];
  };
  return Object.fromEntries(heads.map(windowsOf)) as Record<PartName, Rows>;
}

/**
 * Rows that are read in the order of the table, to where they belong: as few stretches as there are.
 * @param from  place of the first of them in the order of the table
 * @param order places in the order of the table; null where the rows lie so
 */
export function writeRuns(
  rows: Float32Array,
  width: number,
  from: number,
  order: Uint32Array | null,
  write: (run: Float32Array, at: number | null) => void,
): void {
  const count = width === 0 ? 0 : rows.length / width;
  if (order === null) {
    if (count > 0) write(rows, null);
    return;
  }
  for (let i = 0; i < count; ) {
    const place = order[from + i] as number;
    let run = 1;
    while (i + run < count && order[from + i + run] === place + run) run += 1;
    write(rows.subarray(i * width, (i + run) * width), place * width);
    i += run;
  }
}
