/**
 * Columns of numbers with commas: before the decimals (3,14) or between thousands (1,234,567). A column is read so when all of its
 * values agree and one of them at least can be nothing else: "1,234" alone may be twelve hundred or one and a quarter, and is not
 * guessed at.
 */
import { asDecimalCommaNumber, asThousandsCommaNumber, THOUSANDS_COMMA } from "./cell-types.ts";
import type { Database } from "./duckdb.ts";

export interface CommaNumbers {
  /** `mixed`: some numbers have a point before the decimals, others a comma. `unclear`: commas may stand for either. */
  readonly verdict: "decimal" | "thousands" | "mixed" | "unclear";
  /** Cells that have a comma, and those that have a decimal point or, of `mixed`, commas between thousands. */
  readonly commas: number;
  readonly points: number;
  /** The first cell of either kind. */
  readonly example: string;
  readonly other: string;
  /** Rows of both, from 0. */
  readonly row: number;
  readonly otherRow: number;
}

/** From this share of numbers on, a column was most likely meant to be numbers. */
export const MEANT_AS_NUMBERS = 0.9;

const WITH_COMMA = "contains(value, ',')";
const IS_DECIMAL = `decimal IS NOT NULL AND ${WITH_COMMA}`;
const IS_THOUSANDS = `regexp_full_match(value, '${THOUSANDS_COMMA}')`;
/** A point before decimals, that is, of a number as programs write it. */
const WITH_POINT = "number IS NOT NULL AND contains(value, '.')";
/** Can be nothing else: what parts no thousands; what has two commas, or a point after one. */
const SURELY_DECIMAL = `${IS_DECIMAL} AND NOT ${IS_THOUSANDS}`;
const SURELY_THOUSANDS = `${IS_THOUSANDS} AND decimal IS NULL`;
/** A point that parts no thousands: 2.5, but not 1.234. */
const SURELY_POINT = `${WITH_POINT} AND NOT regexp_full_match(value, '[+-]?[1-9][0-9]{0,2}([.][0-9]{3})+')`;
/** "1.234,5" shows that points part thousands. */
const GROUPED = `${IS_DECIMAL} AND regexp_matches(value, '[.][0-9]{3},')`;

const CELLS =
  `WITH candidates AS (SELECT place FROM counts GROUP BY place HAVING bool_or(number IS NULL AND ` +
  `(regexp_full_match(value, '[+-]?[0-9.]*,[0-9]+([eE][+-]?[0-9]+)?') OR ${IS_THOUSANDS}))), ` +
  `cells AS (SELECT *, ${asDecimalCommaNumber("value")} AS decimal FROM counts SEMI JOIN candidates USING (place)) `;
const count = (which: string): string => `coalesce(sum(n) FILTER (${which}), 0)`;
const any = (which: string): string => `coalesce(bool_or(${which}), false)`;
const first = (which: string): string => `arg_min(value, first_row) FILTER (${which}), min(first_row) FILTER (${which})`;

/**
 * Looks at table `counts` of profile.ts; columns that are read with commas get their numbers there.
 * @returns by place of the column; what has no such values is not in it
 */
export async function readCommaNumbers(database: Database): Promise<Map<number, CommaNumbers>> {
  const rows = await database.rows(
    `${CELLS}SELECT place, sum(n), ${count(`${IS_DECIMAL} OR ${IS_THOUSANDS}`)}, ${count(`decimal IS NULL AND number IS NULL AND NOT ${IS_THOUSANDS}`)}, ` +
      `${count(SURELY_DECIMAL)}, ${count(SURELY_THOUSANDS)}, ${count(WITH_POINT)}, ${any(SURELY_POINT)}, ${any(GROUPED)}, ` +
      `${first(SURELY_DECIMAL)}, ${first(`${IS_DECIMAL} OR ${IS_THOUSANDS}`)}, ${first(WITH_POINT)}, ${first(SURELY_THOUSANDS)} FROM cells GROUP BY place`,
  );
  const found = new Map<number, CommaNumbers>();
  for (const [place, cells, commas, words, decimals, thousands, points, surePoint, groups, ...examples] of rows) {
    // A column of words, whatever a few of them look like.
    if (Number(commas) === 0 || Number(words) > (1 - MEANT_AS_NUMBERS) * Number(cells)) continue;
    const verdict = verdictOf({
      decimal: Number(decimals) > 0,
      thousands: Number(thousands) > 0,
      point: Number(points) > 0 && groups !== true,
      surePoint: surePoint === true,
    });
    const [decimal, comma, point, group] = [0, 2, 4, 6].map((at) => ({ value: examples[at], row: Number(examples[at + 1] ?? 0) }));
    const example = decimal?.value === null ? comma : decimal;
    const other = point?.value === null ? group : point;
    found.set(Number(place), {
      verdict,
      commas: verdict === "mixed" && Number(decimals) > 0 ? Number(decimals) : Number(commas),
      points: Number(points) + Number(thousands),
      example: String(example?.value ?? "").slice(0, 80),
      other: String(other?.value ?? "").slice(0, 80),
      row: example?.row ?? 0,
      otherRow: other?.row ?? 0,
    });
  }
  for (const [wanted, number] of [
    ["decimal", asDecimalCommaNumber("value")],
    ["thousands", asThousandsCommaNumber("value")],
  ] as const) {
    const places = [...found].flatMap(([place, { verdict }]) => (verdict === wanted ? [place] : []));
    if (places.length > 0) await database.run(`UPDATE counts SET number = ${number} WHERE list_contains([${places.join(", ")}], place)`);
  }
  return found;
}

interface Evidence {
  readonly decimal: boolean;
  readonly thousands: boolean;
  /** A point that would stand before decimals, as far as the commas say; one that can do nothing else. */
  readonly point: boolean;
  readonly surePoint: boolean;
}

function verdictOf({ decimal, thousands, point, surePoint }: Evidence): CommaNumbers["verdict"] {
  if (decimal) return thousands || point || surePoint ? "mixed" : "decimal";
  if (thousands || surePoint) return "thousands";
  return point ? "mixed" : "unclear";
}
