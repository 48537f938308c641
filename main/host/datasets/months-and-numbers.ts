/**
 * Columns of a month's name beside a number of two digits. `Jan-15` is January 2015, or the 15th of January of no year that is said: they
 * are dates only where all values have one form, and one of them at least can be no day of its month.
 */
import { asDate, MONTH_NAME } from "./cell-types.ts";
import type { Database } from "./duckdb.ts";

export interface MonthsAndNumbers {
  /** As months of years. */
  readonly format: string;
  /** `days`: none has two digits that a year would have. */
  readonly verdict: "years" | "days" | "either";
  /** The first value, and its row from 0. */
  readonly example: string;
  readonly row: number;
}

const NAMES = ["%b", "%B"];
const FORMS: readonly string[] = NAMES.flatMap((name) => [
  ...["-", " ", "/"].flatMap((between) => [`${name}${between}%y`, `%y${between}${name}`]),
  `${name} '%y`,
  `${name}'%y`,
]);
/** Codes of letters and numbers are not tried: that would take long. */
const LOOKS_SO = `(?i)(${MONTH_NAME}([-/ ]''?|'')[0-9]{1,2})|([0-9]{1,2}[-/ ]${MONTH_NAME})`;

/** Looks at table `counts` of profile.ts: columns in which nothing is a number. */
export async function findMonthsAndNumbers(database: Database): Promise<ReadonlyMap<number, MonthsAndNumbers>> {
  const counts = FORMS.map((form) => `coalesce(sum(n) FILTER (${asDate("value", form)} IS NOT NULL), 0)`);
  const number = "regexp_extract(value, '[0-9]+')";
  const month = "lower(left(regexp_extract(value, '[A-Za-z]+'), 3))";
  const days = `CASE WHEN ${month} = 'feb' THEN 29 WHEN ${month} IN ('apr', 'jun', 'sep', 'nov') THEN 30 ELSE 31 END`;
  const isNoDay = `contains(value, '''') OR ${number}::INTEGER NOT BETWEEN 1 AND ${days}`;
  const rows = await database.rows(
    `SELECT place, any_value(present), coalesce(bool_or(${isNoDay}), false), bool_or(length(${number}) = 1), left(arg_min(value, first_row), 80), min(first_row), ${counts.join(", ")} ` +
      `FROM counts JOIN (SELECT place, sum(n) AS present FROM counts GROUP BY place HAVING count(number) = 0) USING (place) ` +
      `WHERE length(value) BETWEEN 5 AND 13 AND regexp_full_match(value, '${LOOKS_SO}') GROUP BY place`,
  );
  const found = new Map<number, MonthsAndNumbers>();
  for (const [place, present, hasYear, hasDay, example, row, ...ofForms] of rows) {
    const format = FORMS[ofForms.findIndex((count) => Number(count) === Number(present))];
    if (format === undefined) continue;
    const verdict = hasYear === hasDay ? "either" : hasYear === true ? "years" : "days";
    found.set(Number(place), { format, verdict, example: String(example), row: Number(row) });
  }
  return found;
}
