/**
 * In which forms the values of a column are dates. A column is a date when all of its values have one form; values in several forms
 * are told apart by nobody (is 03/04 in March or April?), so the column stays words and the person is told where the second form begins.
 */
import { asDate, DATE_FORMATS, hasTime, MONTH_NAME } from "./cell-types.ts";
import type { Database } from "./duckdb.ts";

export interface DateForms {
  /** Cells that are dates: ISO, then each of DATE_FORMATS. */
  readonly counts: readonly number[];
  /** Cells that are dates of any form. */
  readonly dates: number;
  /** One at least has a time other than midnight. */
  readonly timed: boolean;
  /** Where no form has all values: the first value of each form, and the first of none, by row from 0. */
  readonly firsts: readonly { readonly value: string; readonly row: number; readonly mostFrequent: boolean }[];
}

const FORMS = [undefined, ...DATE_FORMATS];
/**
 * As every form begins: two numbers, or a number beside a month. Names and addresses with numbers in them are not tried, which would take
 * half a millisecond each.
 */
const BEGINS_SO = `(?i)^([0-9]{1,4}( *[-/.] *[0-9]{1,2}([^0-9]|$)|年)|[0-9]{1,2}( +| *- *)${MONTH_NAME}[^a-z]|${MONTH_NAME}( +| *- *)[0-9])`;
const LOOKS_SO = `(length(value) BETWEEN 6 AND 40 AND regexp_matches(value, '${BEGINS_SO}'))`;

/** Only columns in which nothing is a number, and values that look like a date, are tried: parsing is slow. Looks at table `counts` of profile.ts. */
export async function findDateForms(database: Database): Promise<Map<number, DateForms>> {
  const dated = FORMS.map((form) => asDate("value", form));
  const counts = dated.map((date) => `coalesce(sum(n) FILTER (${date} IS NOT NULL), 0)`);
  const rows = await database.rows(
    `SELECT place, any_value(present), coalesce(sum(n) FILTER (coalesce(${dated.join(", ")}) IS NOT NULL), 0), bool_or(${hasTime("value")}), ${counts.join(", ")} ` +
      `FROM counts JOIN (SELECT place, sum(n) AS present FROM counts GROUP BY place HAVING count(number) = 0) USING (place) ` +
      `WHERE ${LOOKS_SO} GROUP BY place`,
  );
  const found = new Map<number, DateForms>();
  for (const [place, all, dates, timed, ...own] of rows) {
    const forms = own.map(Number);
    const most = Math.max(...forms);
    const firsts = most === Number(all) ? [] : await firstOfEach(database, Number(place), forms.indexOf(most));
    found.set(Number(place), { counts: forms, dates: Number(dates), timed: timed === true, firsts });
  }
  return found;
}

/** @param most place of the most frequent form: a value that may be of several is of that one */
async function firstOfEach(database: Database, place: number, most: number): Promise<DateForms["firsts"]> {
  const cases = [most, ...FORMS.keys()].map((form) => `WHEN ${asDate("value", FORMS[form])} IS NOT NULL THEN ${form}`);
  const rows = await database.rows(
    `SELECT left(arg_min(value, first_row), 80), min(first_row), CASE WHEN NOT ${LOOKS_SO} THEN -1 ${cases.join(" ")} ELSE -1 END AS form ` +
      `FROM counts WHERE place = ${place} GROUP BY form ORDER BY min(first_row)`,
  );
  return rows.map(([value, row, form]) => ({ value: String(value ?? ""), row: Number(row), mostFrequent: Number(form) === most }));
}
