/**
 * Columns whose cells are lists: "red|blue". Most cells hold the separator, the parts come again and again, and there are fewer parts
 * than combinations of them; a name with a comma in it is none.
 */
import { type Database, literal } from "./duckdb.ts";

export interface ListColumn {
  readonly separator: string;
  /** Different parts. */
  readonly parts: number;
  /** The first cell that holds more than one. */
  readonly example: string;
}

const SEPARATORS = ["|", ";", ","] as const;
/** Of the cells that are not missing. */
const LEAST_WITH_SEPARATOR = 0.5;
const MOST_PARTS = 200;
/** How often a part occurs at least, on average. */
const LEAST_OF_A_PART = 3;
/** Values are judged that occur in the first rows. */
const LOOKED_AT = 50_000;

/** @param places of columns of words in the table `counts` (place, value, n, first_row) @returns by place */
export async function findLists(database: Database, places: readonly number[]): Promise<ReadonlyMap<number, ListColumn>> {
  if (places.length === 0) return new Map();
  const separators = SEPARATORS.map((one) => `(${literal(one)})`).join(", ");
  const rows = await database.rows(
    `WITH looked AS (SELECT place, value, n, first_row FROM counts WHERE first_row < ${LOOKED_AT} AND place IN (${places.join(", ")})), ` +
      `shares AS (SELECT place, separator, count(*) AS cells, arg_min(value, first_row) FILTER (contains(value, separator)) AS example, ` +
      `sum(n) FILTER (contains(value, separator)) / sum(n) AS share FROM looked, (VALUES ${separators}) AS s(separator) GROUP BY place, separator), ` +
      `likely AS (SELECT * FROM shares WHERE share >= ${LEAST_WITH_SEPARATOR} QUALIFY row_number() OVER (PARTITION BY place ORDER BY share DESC, separator) = 1), ` +
      `parted AS (SELECT place, n, trim(unnest(string_split(value, separator))) AS part FROM looked JOIN likely USING (place)), ` +
      `parts AS (SELECT place, count(DISTINCT part) AS parts, sum(n) AS held FROM parted WHERE part <> '' GROUP BY place) ` +
      `SELECT place, separator, parts, left(example, 80) FROM likely JOIN parts USING (place) ` +
      `WHERE parts BETWEEN 2 AND ${MOST_PARTS} AND held >= ${LEAST_OF_A_PART} * parts AND cells > parts`,
  );
  return new Map(
    rows.map(([place, separator, parts, example]) => [
      Number(place),
      { separator: String(separator), parts: Number(parts), example: String(example) },
    ]),
  );
}
