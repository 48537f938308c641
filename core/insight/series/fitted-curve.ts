/** The fitted curve of a time series: what was observed in the order of time, and beside it what a model said of each row one window ahead. */

export type SeriesPart = "training" | "validation" | "test";

export interface SeriesRow {
  /** Row of the table, from 0. */
  readonly row: number;
  /** Time, in the units of its column; without one the place in the series, from 1. */
  readonly x: number;
  /** Null where it is missing. */
  readonly observed: number | null;
  /** Null where nothing was predicted: of the first rows, whose window is not whole. */
  readonly predicted: number | null;
  readonly part: SeriesPart | null;
}

export interface PartPredictions {
  readonly part: SeriesPart;
  readonly rowIds: ArrayLike<number>;
  /** In the target's own units. */
  readonly predicted: ArrayLike<number>;
}

/**
 * @param observed by row of the table; NaN is missing
 * @param times    by row; null: the rows stand in order. Rows without a time are left out
 * @returns in the order of time, rows of the same time in theirs
 */
export function fittedCurve(observed: ArrayLike<number>, times: ArrayLike<number> | null, parts: readonly PartPredictions[]): SeriesRow[] {
  const said = new Map<number, { readonly predicted: number; readonly part: SeriesPart }>();
  for (const { part, rowIds, predicted } of parts)
    for (let place = 0; place < rowIds.length; place += 1)
      said.set(rowIds[place] as number, { part, predicted: predicted[place] as number });
  const rows = Array.from({ length: observed.length }, (_, row) => row).filter((row) => times === null || Number.isFinite(times[row]));
  if (times !== null) rows.sort((a, b) => (times[a] as number) - (times[b] as number) || a - b);
  const known = (value: number | undefined): number | null => (value !== undefined && Number.isFinite(value) ? value : null);
  return rows.map((row) => ({
    row,
    x: times === null ? row + 1 : (times[row] as number),
    observed: known(observed[row]),
    predicted: known(said.get(row)?.predicted),
    part: said.get(row)?.part ?? null,
  }));
}

/**
 * At most `most` rows, evenly of all, and of each stretch those with the lowest and the highest of what was observed: peaks stay.
 */
export function thinnedCurve(rows: readonly SeriesRow[], most: number): SeriesRow[] {
  if (rows.length <= most) return [...rows];
  const stretches = Math.max(1, Math.floor(most / 2));
  const kept = new Set<number>();
  for (let k = 0; k < stretches; k += 1) {
    const [from, to] = [Math.floor((k * rows.length) / stretches), Math.floor(((k + 1) * rows.length) / stretches)];
    let [lowest, highest] = [from, from];
    for (let place = from; place < to; place += 1) {
      if (valueAt(rows, place, Number.POSITIVE_INFINITY) < valueAt(rows, lowest, Number.POSITIVE_INFINITY)) lowest = place;
      if (valueAt(rows, place, Number.NEGATIVE_INFINITY) > valueAt(rows, highest, Number.NEGATIVE_INFINITY)) highest = place;
    }
    kept.add(lowest).add(highest);
  }
  return [...kept].sort((a, b) => a - b).map((place) => rows[place] as SeriesRow);
}

const valueAt = (rows: readonly SeriesRow[], place: number, missing: number): number => rows[place]?.observed ?? missing;

export interface PartSummary {
  readonly part: SeriesPart;
  /** Places of its first and last row in the curve. */
  readonly from: number;
  readonly to: number;
  /** Rows with an observation and a prediction. */
  readonly rows: number;
  /** Mean absolute difference; null where there is no such row. */
  readonly error: number | null;
  /** The same of the last known value as the prediction: what a model of a series has to beat. */
  readonly naive: number | null;
}

/** Parts in the order of time. @param horizon rows from the last known one to the one that is predicted */
export function partSummaries(rows: readonly SeriesRow[], horizon: number): PartSummary[] {
  const parts = [...new Set(rows.flatMap(({ part }) => (part === null ? [] : [part])))];
  return parts.map((part) => {
    const places = rows.flatMap((row, place) => (row.part === part ? [place] : []));
    const errors = places.flatMap((place) => difference(rows[place]?.observed, rows[place]?.predicted));
    const naive = places.flatMap((place) => difference(rows[place]?.observed, rows[place - horizon]?.observed));
    return {
      part,
      from: places[0] as number,
      to: places.at(-1) as number,
      rows: errors.length,
      error: meanOf(errors),
      naive: meanOf(naive),
    };
  });
}

const difference = (a: number | null | undefined, b: number | null | undefined): number[] =>
  a == null || b == null ? [] : [Math.abs(a - b)];
const meanOf = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
