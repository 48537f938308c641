/**
 * Columns of words whose values are sentences that come again: questions about pictures, of which there are far fewer than rows. Each
 * has several words, and they share them; `New York` and `very good` are names of one thing.
 */
import type { Database } from "./duckdb.ts";

interface SentenceColumn {
  /** Words of the longest value. */
  readonly longest: number;
  /** Different words, whatever their case. */
  readonly words: number;
}

/** Of different values, on average. */
const LEAST_WORDS = 4;
/** In how many values a word is at least, on average. */
const LEAST_SHARED = 3;
const FEWEST_VALUES = 5;
/** Values are judged that occur in the first rows. */
const LOOKED_AT = 50_000;

/** @param places of columns of words in the table `counts` (place, value, n, first_row) @returns by place */
export async function findSentences(database: Database, places: readonly number[]): Promise<ReadonlyMap<number, SentenceColumn>> {
  if (places.length === 0) return new Map();
  const rows = await database.rows(
    `WITH split AS (SELECT place, list_filter(string_split_regex(lower(value), '[^\\p{L}\\p{N}]+'), word -> word <> '') AS words FROM counts ` +
      `WHERE first_row < ${LOOKED_AT} AND place IN (${places.join(", ")})), ` +
      `figures AS (SELECT place, avg(len(words)) AS mean, max(len(words)) AS longest, count(*) AS cells, sum(len(list_distinct(words))) AS held FROM split GROUP BY place), ` +
      `vocabulary AS (SELECT place, count(DISTINCT word) AS words FROM (SELECT place, unnest(words) AS word FROM split) GROUP BY place) ` +
      `SELECT place, longest, words FROM figures JOIN vocabulary USING (place) ` +
      `WHERE mean >= ${LEAST_WORDS} AND cells >= ${FEWEST_VALUES} AND held >= ${LEAST_SHARED} * words`,
  );
  return new Map(rows.map(([place, longest, words]) => [Number(place), { longest: Number(longest), words: Number(words) }]));
}
