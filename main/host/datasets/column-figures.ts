/** Figures of the columns that profile.ts looks at: of numbers, of dates, and the most frequent values. All read its table `counts`. */
import { DATE_FORMAT_REMARK } from "../../../core/data/propose.ts";
import type { ColumnProfile } from "../../../core/protocol/methods.ts";
import { asDate } from "./cell-types.ts";
import type { Database, Row } from "./duckdb.ts";

const BINS = 20;
/** Characters: a cell may be a book. */
const LONGEST_LABEL = 200;
const QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

export interface NumberFigures {
  readonly mean: number;
  readonly deviation: number;
  readonly min: number;
  readonly max: number;
  readonly quantiles: number[];
  readonly bins: number[];
}

/** Figures over the numbers of each column; the deviation is of the population, quantiles are interpolated (numpy's default). */
export async function numberFigures(database: Database): Promise<Map<number, NumberFigures>> {
  const moments = await database.rows(
    `WITH means AS (SELECT place, sum(number * n) / sum(n) AS mean, min(number) AS low, max(number) AS high FROM counts WHERE number IS NOT NULL GROUP BY place) ` +
      `SELECT place, any_value(mean), sqrt(sum(n * (number - mean) * (number - mean)) / sum(n)), any_value(low), any_value(high) ` +
      `FROM counts JOIN means USING (place) WHERE number IS NOT NULL GROUP BY place`,
  );
  const quantiles = await database.rows(
    `WITH running AS (SELECT place, number, n, sum(n) OVER (PARTITION BY place ORDER BY number, first_row ROWS UNBOUNDED PRECEDING) AS reached FROM counts WHERE number IS NOT NULL), ` +
      `wanted AS (SELECT place, q, q * (sum(n) - 1) AS rank FROM counts, (SELECT unnest([${QUANTILES.join(", ")}])::DOUBLE AS q) WHERE number IS NOT NULL GROUP BY place, q), ` +
      `around AS (SELECT place, q, any_value(rank) AS rank, min(number) FILTER (floor(rank) < reached) AS low, min(number) FILTER (ceil(rank) < reached) AS high ` +
      `FROM running JOIN wanted USING (place) WHERE ceil(rank) >= reached - n AND floor(rank) < reached GROUP BY place, q) ` +
      `SELECT place, q, low + (high - low) * (rank - floor(rank)) FROM around ORDER BY place, q`,
  );
  const bins = await database.rows(
    `WITH ranges AS (SELECT place, min(number) AS low, max(number) AS high FROM counts WHERE number IS NOT NULL GROUP BY place) ` +
      `SELECT place, CASE WHEN high > low THEN least(${BINS - 1}, floor((number - low) / ((high - low) / ${BINS})))::INTEGER ELSE 0 END AS bin, sum(n) ` +
      `FROM counts JOIN ranges USING (place) WHERE number IS NOT NULL GROUP BY ALL`,
  );
  const figures = new Map<number, NumberFigures>(
    moments.map(([place, mean, deviation, min, max]) => [
      Number(place),
      {
        mean: Number(mean),
        deviation: Number(deviation),
        min: Number(min),
        max: Number(max),
        quantiles: [],
        bins: new Array<number>(Number(max) > Number(min) ? BINS : 1).fill(0),
      },
    ]),
  );
  for (const [place, , value] of quantiles) figures.get(Number(place))?.quantiles.push(Number(value));
  for (const [place, bin, count] of bins) (figures.get(Number(place)) as NumberFigures).bins[Number(bin)] = Number(count);
  return figures;
}

/** The most frequent values of each column, the earliest first among equals. */
export async function frequentValues(database: Database): Promise<Map<number, { label: string; count: number }[]>> {
  const rows: Row[] = await database.rows(
    `SELECT place, left(value, ${LONGEST_LABEL}), n FROM counts QUALIFY row_number() OVER (PARTITION BY place ORDER BY n DESC, first_row) <= ${BINS} ORDER BY place, n DESC, first_row`,
  );
  const byPlace = new Map<number, { label: string; count: number }[]>();
  for (const [place, value, count] of rows) {
    const list = byPlace.get(Number(place)) ?? [];
    list.push({ label: String(value), count: Number(count) });
    byPlace.set(Number(place), list);
  }
  return byPlace;
}

export type Ends = Pick<ColumnProfile, "min" | "max">;

/** The first and the last of the dates of each column, by its place. */
export async function endsOfDates(
  database: Database,
  columns: readonly Pick<ColumnProfile, "type" | "remarks">[],
  start: number,
): Promise<ReadonlyMap<number, Ends>> {
  const places = new Map<string | undefined, number[]>();
  for (const [place, { type, remarks }] of columns.entries()) {
    if (type !== "date") continue;
    const format = remarks.find((remark) => remark.startsWith(DATE_FORMAT_REMARK))?.slice(DATE_FORMAT_REMARK.length);
    places.set(format, [...(places.get(format) ?? []), start + place]);
  }
  const ends = new Map<number, Ends>();
  for (const [format, own] of places) {
    const date = asDate("value", format);
    const rows = await database.rows(
      `SELECT place, min(${date}), max(${date}) FROM counts WHERE list_contains([${own.join(", ")}], place) GROUP BY place`,
    );
    for (const [place, min, max] of rows) ends.set(Number(place), { min: Number(min), max: Number(max) });
  }
  return ends;
}
