/**
 * Columns of numbers that are written with a decimal comma (3,14). A column is read so when all of its values agree and
 * one of them at least can be nothing else: "1,234" alone may be twelve hundred or one and a quarter, and is not guessed at.
 */
import { asDecimalCommaNumber } from "./cell-types.ts";
import type { Database } from "./duckdb.ts";

export interface DecimalCommas {
  /** `mixed`: some numbers have a point before the decimals, others a comma. `unclear`: commas may part thousands. */
  readonly verdict: "decimal" | "mixed" | "unclear";
  /** Cells that have a decimal comma, and those that have a decimal point. */
  readonly commas: number;
  readonly points: number;
  /** The first cell of either kind. */
  readonly example: string;
  readonly other: string;
}

const WITH_COMMA = "contains(value, ',')";
/** A comma that parts no thousands: not three digits after it, a zero or more than three digits before it, or groups with points. */
const SURE = "NOT regexp_full_match(value, '[+-]?[1-9][0-9]{0,2},[0-9]{3}')";
const GROUPED = "regexp_matches(value, '[.][0-9]{3},')";
/** From this share of numbers on, a column was most likely meant to be numbers. */
export const MEANT_AS_NUMBERS = 0.9;

/**
 * Looks at table `counts` of profile.ts; columns that are read with a decimal comma get their numbers there.
 * @returns by place of the column; what has no such values is not in it
 */
export async function readDecimalCommas(database: Database): Promise<Map<number, DecimalCommas>> {
  const rows = await database.rows(
    `WITH candidates AS (SELECT place FROM counts GROUP BY place HAVING bool_or(number IS NULL AND regexp_full_match(value, '[+-]?[0-9.]*,[0-9]+([eE][+-]?[0-9]+)?'))), ` +
      `cells AS (SELECT *, ${asDecimalCommaNumber("value")} AS decimal FROM counts SEMI JOIN candidates USING (place)) ` +
      `SELECT place, sum(n), coalesce(sum(n) FILTER (decimal IS NOT NULL AND ${WITH_COMMA}), 0), coalesce(sum(n) FILTER (number IS NOT NULL AND contains(value, '.')), 0), ` +
      `coalesce(sum(n) FILTER (decimal IS NULL AND number IS NULL), 0), coalesce(bool_or(decimal IS NOT NULL AND ${WITH_COMMA} AND ${SURE}), false), coalesce(bool_or(decimal IS NOT NULL AND ${GROUPED}), false), ` +
      `arg_min(value, first_row) FILTER (decimal IS NOT NULL AND ${WITH_COMMA}), arg_min(value, first_row) FILTER (number IS NOT NULL AND contains(value, '.')) ` +
      `FROM cells GROUP BY place`,
  );
  const found = new Map<number, DecimalCommas>();
  for (const [place, cells, commas, points, words, sure, groups, example, other] of rows) {
    // A column of words, whatever a few of them look like.
    if (Number(commas) === 0 || Number(words) > (1 - MEANT_AS_NUMBERS) * Number(cells)) continue;
    // "1.234" beside "5,6" has a decimal point, unless "1.234,5" shows that points part thousands here.
    const mixed = Number(points) > 0 && groups !== true;
    found.set(Number(place), {
      verdict: mixed ? "mixed" : sure === true ? "decimal" : "unclear",
      commas: Number(commas),
      points: Number(points),
      example: String(example ?? "").slice(0, 80),
      other: String(other ?? "").slice(0, 80),
    });
  }
  const decimal = [...found].flatMap(([place, { verdict }]) => (verdict === "decimal" ? [place] : []));
  if (decimal.length > 0)
    await database.run(`UPDATE counts SET number = ${asDecimalCommaNumber("value")} WHERE list_contains([${decimal.join(", ")}], place)`);
  return found;
}
