/**
 * Columns of words whose values are sentences that come again: questions about pictures, of which there are far fewer than rows. Each
 * has several words, and they share them; `New York` and `very good` are names of one thing.
 */
import { tokenize } from "../../../core/steps/tokens.ts";
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

/** Values that are cut into words one by one. */
const SEGMENTED = 5000;

/** The same of a column whose words no spaces part. */
export async function findSegmentedSentences(database: Database, place: number): Promise<SentenceColumn | null> {
  const rows = await database.rows(
    `SELECT value FROM counts WHERE place = ${place} AND first_row < ${LOOKED_AT} ORDER BY first_row LIMIT ${SEGMENTED}`,
  );
  const cells = rows.map(([value]) => tokenize(String(value), "segments", true));
  const vocabulary = new Set(cells.flat());
  const [lengths, held] = [cells.map(({ length }) => length), cells.map((words) => new Set(words).size)];
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
  const areSentences =
    cells.length >= FEWEST_VALUES && sum(lengths) >= LEAST_WORDS * cells.length && sum(held) >= LEAST_SHARED * vocabulary.size;
  return areSentences ? { longest: lengths.reduce((most, length) => Math.max(most, length), 0), words: vocabulary.size } : null;
}
