/** A column as a series: its values in time, thinned for a plot, and what is odd about its dates. */

import { splitRows } from "../../../core/data/split.ts";
import { FilledSeries, GAP, meanOfKnown, onPlaces, placesInTime, usualStep } from "../../../core/data/window-gaps.ts";
import { AppError } from "../../../core/errors.ts";
import type { ColumnDocument, GapFillDocument, SplitDocument } from "../../../core/graph/document.ts";
import { loadTable } from "./load-table.ts";

export interface Series {
  /** Means of neighbouring rows, in time; null where none of them has a value. */
  readonly values: (number | null)[];
  /** The same of what is put into gaps; empty where nothing is. */
  readonly filled: (number | null)[];
  /** Where between the first and the last point the held-out rows begin. */
  readonly held_from: number;
  /** Rows that are put in. */
  readonly added: number;
  /** First and last date, milliseconds since 1970; null without dates. */
  readonly from: number | null;
  readonly to: number | null;
  readonly rows: number;
  readonly usual_step: number | null;
  /** Places where more than one and a half usual steps lie between two rows. */
  readonly gaps: number;
  /** Rows with the date of the row before. */
  readonly repeated: number;
  readonly missing: number;
  /** Rows without a date, which are in nothing else that is told here. */
  readonly undated: number;
}

interface SeriesRequest {
  readonly column: ColumnDocument;
  readonly orderBy: ColumnDocument | null;
  readonly points: number;
  readonly fill?: GapFillDocument | undefined;
  /** By time, the last rows are held out. */
  readonly split?: SplitDocument | undefined;
}

const FEWEST_TO_SPLIT = 3;

/** @throws AppError data.column_missing, data.split_fractions, data.not_a_number, data.not_a_date, data.window_gap_too_long */
export async function seriesOf(path: string, { column, orderBy, points, fill, split }: SeriesRequest): Promise<Series> {
  const wanted: ColumnDocument[] = [{ ...column, type: "numeric", role: "feature" }];
  if (orderBy !== null && orderBy.name !== column.name) wanted.push({ ...orderBy, role: "feature" });
  const { columns, rowCount: all } = await loadTable(path, wanted);
  const numbersOf = (name: string): Float64Array => {
    const found = columns.find((one) => one.name === name);
    if (found === undefined) throw new AppError("data.column_missing", { columns: name, count: 1 });
    if (found.kind !== "number") throw new AppError("data.order_not_numbers", { column: name, received: found.kind });
    return found.values;
  };
  const values = numbersOf(column.name);
  const times = orderBy === null ? null : numbersOf(orderBy.name);
  const every = Uint32Array.from({ length: all }, (_, row) => row);
  const order = times === null ? every : every.filter((row) => Number.isFinite(times[row]));
  if (times !== null) order.sort((a, b) => (times[a] as number) - (times[b] as number) || a - b);
  const rowCount = order.length;
  const inTime = Float64Array.from(order, (row) => values[row] as number);
  const missing = inTime.reduce((sum, value) => sum + (Number.isFinite(value) ? 0 : 1), 0);
  const inOrder = times === null ? null : Float64Array.from(order, (row) => times[row] as number);
  const spacing = inOrder === null ? NO_DATES : spacingOf(inOrder);
  const learnt = split?.method !== "time" || rowCount < FEWEST_TO_SPLIT ? rowCount : splitRows(rowCount, split, null, 0).training.length;
  const places = placesInTime(
    rowCount,
    fill === undefined ? null : inOrder,
    inOrder === null ? null : usualStep(inOrder.subarray(0, learnt)),
  );
  const known = onPlaces(inTime, places);
  return {
    values: thinned(known, points),
    filled: fill === undefined ? [] : thinned(filledPlaces(known, fill, inTime.subarray(0, learnt)), points),
    held_from: learnt === rowCount ? 1 : (places[learnt] ?? 0) / Math.max(1, known.length - 1),
    added: known.length - rowCount,
    rows: rowCount,
    missing,
    undated: all - rowCount,
    ...spacing,
  };
}

/** What is put in, as it is known at the end of the series; NaN where a value is known. */
function filledPlaces(known: Float64Array, fill: GapFillDocument, training: Float64Array): Float64Array {
  const value = fill.method === "mean" ? meanOfKnown(training) : fill.method === "constant" ? (fill.value ?? 0) : null;
  const series = new FilledSeries(known, fill, value);
  return known.map((own, place) => (Number.isFinite(own) ? Number.NaN : series.at(place, known.length - 1)));
}

const NO_DATES = { from: null, to: null, usual_step: null, gaps: 0, repeated: 0 } as const;

/** @param times ascending */
export function spacingOf(times: Float64Array): Pick<Series, "from" | "to" | "usual_step" | "gaps" | "repeated"> {
  const steps = times.subarray(1).map((time, place) => time - (times[place] as number));
  const ahead = steps.filter((step) => step > 0);
  const usual = usualStep(times);
  return {
    from: times[0] ?? null,
    to: times.at(-1) ?? null,
    usual_step: usual,
    gaps: usual === null ? 0 : ahead.filter((step) => step > GAP * usual).length,
    repeated: steps.length - ahead.length,
  };
}

/** Means of equal shares of the rows. */
function thinned(values: Float64Array, points: number): (number | null)[] {
  const count = Math.min(points, values.length);
  return Array.from({ length: count }, (_, place) => {
    const part = values
      .subarray(Math.floor((place * values.length) / count), Math.floor(((place + 1) * values.length) / count))
      .filter(Number.isFinite);
    return part.length === 0 ? null : part.reduce((sum, value) => sum + value, 0) / part.length;
  });
}
