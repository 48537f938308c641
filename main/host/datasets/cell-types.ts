/**
 * What a cell of text is, in SQL: missing, a number, a date. The profile guesses types and the loader reads columns by
 * the same expressions, so that what was counted as a number is read as one.
 */
import { type ColumnDocument, MISSING_TOKENS } from "../../../core/graph/document.ts";
import { isTimeFormat, TIME_DAY, TIME_PATTERNS, type TimeFormat } from "../../../core/schema/times-of-day.ts";
import { literal } from "./duckdb.ts";

/** A cell without the blanks around it; NULL when nothing is left. All that is asked of a cell is asked of this. */
export function trimmed(cell: string): string {
  return `nullif(${blanksOff(cell)}, '')`;
}

/** The same where an empty text does as well as NULL: much quicker to plan for thousands of columns. */
export function blanksOff(cell: string): string {
  return `trim(${cell})`;
}

/** The same in memory: what a trimmed cell that is missing may be. */
export function missingWords(tokens: readonly string[] = MISSING_TOKENS): ReadonlySet<string> {
  return new Set(["", ...tokens.map((token) => token.trim())]);
}

/**
 * @param cell trimmed or with its blanks off; NULL and an empty text are missing
 * @returns SQL that is true or false, never NULL. One flat call, no OR, no CASE and no IN: what DuckDB plans for those grows
 *          with the square of the columns that a query reads
 */
export function isMissing(cell: string, tokens: readonly string[] = MISSING_TOKENS): string {
  return `list_contains([${[...missingWords(tokens)].map(literal).join(", ")}], coalesce(${cell}, ''))`;
}

/** DOUBLE, NULL for what is no number; "inf" and 1e400 are infinite. DuckDB would also take 1_000 for a number, which no spreadsheet does. */
export function asNumber(cell: string): string {
  return `TRY_CAST(replace(${cell}, '_', '?') AS DOUBLE)`;
}

/** A comma before the decimals, and points, if any, between groups of thousands: 3,14 and 1.234,5; what has no comma must be whole. */
const DECIMAL_COMMA = "[+-]?([0-9]+|[0-9]{1,3}([.][0-9]{3})+)?(,[0-9]+)?([eE][+-]?[0-9]+)?";

/** DOUBLE, NULL for what is no number written with a decimal comma. */
export function asDecimalCommaNumber(cell: string): string {
  return `CASE WHEN regexp_full_match(${cell}, '${DECIMAL_COMMA}') THEN TRY_CAST(replace(replace(${cell}, '.', ''), ',', '.') AS DOUBLE) END`;
}

/** Commas between groups of thousands: 1,234,567 and 1,234.5. */
export const THOUSANDS_COMMA = "[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+([.][0-9]*)?";

/** DOUBLE, NULL for what is no number whose thousands may be parted by commas. */
export function asThousandsCommaNumber(cell: string): string {
  return `CASE WHEN regexp_full_match(${cell}, '${THOUSANDS_COMMA}') THEN TRY_CAST(replace(${cell}, ',', '') AS DOUBLE) ELSE ${asNumber(cell)} END`;
}

/** DOUBLE, NULL for what is no number of the column. @param id of the column in DuckDB, or a cell with its blanks off */
export function asNumberOf({ decimal_comma, thousands_comma }: Commas, id: string): string {
  if (decimal_comma === true) return asDecimalCommaNumber(trimmed(id));
  return thousands_comma === true ? asThousandsCommaNumber(trimmed(id)) : asNumber(id);
}

/** What the commas of a column's numbers stand for; at most one of both. */
export type Commas = Pick<ColumnDocument, "decimal_comma" | "thousands_comma">;

/**
 * Forms of dates other than ISO 8601, in the order in which they are tried; a column takes the first that all its
 * values have. Month first comes before day first: where both fit, the person is told.
 */
export const DATE_FORMATS: readonly string[] = [
  "%m/%d/%y",
  "%d/%m/%y",
  "%m/%d/%Y",
  "%d/%m/%Y",
  "%d.%m.%Y",
  "%d.%m.%y",
  "%m-%d-%Y",
  "%d-%m-%Y",
  "%Y.%m.%d",
  // Of ISO order too, for what ISO 8601 has not: times of twelve hours.
  "%Y-%m-%d",
  "%Y/%m/%d",
  "%Y-%m",
  "%Y/%m",
  "%d-%b-%Y",
  "%d-%b-%y",
  "%d %b %Y",
  "%d %B %Y",
  "%b %d, %Y",
  "%B %d, %Y",
  "%b %Y",
  "%B %Y",
  "%b-%Y",
  "%B-%Y",
  "%Y年%m月%d日",
];
/** Names of months in a pattern, as the forms above and those of months beside numbers have them; in any case. */
export const MONTH_NAME =
  "(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sep(tember)?|oct(ober)?|nov(ember)?|dec(ember)?)";
const TIMES = ["", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p"];

/** SQL that is true of a date with a time other than midnight. */
export function hasTime(cell: string): string {
  return (
    `(regexp_matches(${cell}, '[ T][0-9]{1,2}:[0-9]{2}') AND ` +
    `NOT regexp_matches(${cell}, '[ T](00?:00(:00([.]0*)?)?([^0-9:.]|$)|12:00(:00)? [aA][mM])'))`
  );
}

/** Milliseconds since 1970 as DOUBLE; NULL for what is no date of this form. Without a zone the time is UTC. */
export function asDate(cell: string, format: string | undefined): string {
  if (isTimeFormat(format)) return asTimeOfDay(cell, format);
  if (format !== undefined) {
    const date = `epoch_ms(try_strptime(${cell}, [${TIMES.map((time) => literal(format + time)).join(", ")}]))::DOUBLE`;
    // DuckDB would take the 15 of 31.12.15 for the year 15.
    return format.includes("%Y") ? `CASE WHEN regexp_matches(${cell}, '[0-9]{4}') THEN ${date} END` : date;
  }
  // The pattern keeps out "epoch", "infinity" and other words that DuckDB takes for a time.
  return `CASE WHEN regexp_matches(${cell}, '^[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}') THEN epoch_ms(TRY_CAST(${cell} AS TIMESTAMPTZ))::DOUBLE END`;
}

/** The same of a time without a date, on the day of times-of-day.ts; what is finer than a millisecond is left off. */
function asTimeOfDay(cell: string, format: TimeFormat): string {
  const rest = `regexp_extract(${cell}, '(:[0-9]{2})+([.][0-9]+)?')`;
  const hour = `TRY_CAST(regexp_extract(${cell}, '^[0-9]+') AS INTEGER) % 12 + CASE WHEN regexp_matches(${cell}, '(?i)p') THEN 12 ELSE 0 END`;
  const time = format === "%H:%M" ? cell : `(${hour})::VARCHAR || CASE WHEN ${rest} = '' THEN ':00' ELSE ${rest} END`;
  const value = `epoch_ms(TRY_CAST('1970-01-01 ' || ${time} AS TIMESTAMP))::DOUBLE + ${TIME_DAY}`;
  return `CASE WHEN regexp_full_match(${cell}, '${TIME_PATTERNS[format]}') THEN ${value} END`;
}

/** The code of what is said of a cell that is none of its column's type. */
export function notReadable({ type, date_format }: Pick<ColumnDocument, "type" | "date_format">): string {
  if (type !== "date") return "data.not_a_number";
  return isTimeFormat(date_format) ? "data.not_a_time" : "data.not_a_date";
}
