/** The fitted curve of one column that is predicted, from what a model says of the parts of its series and from the table that they are of. */
import type { Column } from "../../data/table.ts";
import {
  fittedCurve,
  type PartSummary,
  partSummaries,
  type SeriesPart,
  type SeriesRow,
  thinnedCurve,
} from "../../insight/series/fitted-curve.ts";
import type { PredictedRows } from "../predicted-rows.ts";

export interface SeriesQuestion {
  /** Place of the column among those that are predicted. */
  readonly target: number;
  /** Rows from the end of the window to the one that is predicted. */
  readonly horizon: number;
  /** Places in the whole series, `to` not with it. */
  readonly from: number;
  readonly to: number | null;
  /** Points at most. */
  readonly most: number;
}

export interface FittedSeries {
  readonly total: number;
  readonly parts: PartSummary[];
  readonly points: SeriesRow[];
}

/** Null where a column is not of numbers. @param time null: the rows stand in order */
export function fittedSeries(
  found: readonly { readonly part: SeriesPart; readonly rows: PredictedRows }[],
  observed: Column,
  time: Column | null,
  { target, horizon, from, to, most }: SeriesQuestion,
): FittedSeries | null {
  if (observed.kind !== "number" || (time !== null && time.kind !== "number")) return null;
  const parts = found.map(({ part, rows }) => ({
    part,
    rowIds: rows.rowIds,
    predicted: Float64Array.from({ length: rows.rows }, (_, place) => rows.predictions[place * rows.task.count + target] as number),
  }));
  const curve = fittedCurve(observed.values, time?.values ?? null, parts);
  return { total: curve.length, parts: partSummaries(curve, horizon), points: thinnedCurve(curve.slice(from, to ?? curve.length), most) };
}
