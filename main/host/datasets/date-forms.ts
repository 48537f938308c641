/**
 * In which forms the values of a column are dates. A column is a date when all of its values have one form; values in several forms
 * are told apart by nobody (is 03/04 in March or April?), so the column stays words and the person is told where the second form begins.
 */
import { asDate, DATE_FORMATS } from "./cell-types.ts";
import type { Database } from "./duckdb.ts";

export interface DateForms {
  /** Cells that are dates: ISO, then each of DATE_FORMATS. */
  readonly counts: readonly number[];
  /** Cells that are dates of any form. */
  readonly dates: number;
  /** Where no form has all dates: the first value that is not of the most frequent one, with its row from 0. */
  readonly other: { readonly value: string; readonly row: number } | null;
}

const FORMS = [undefined, ...DATE_FORMATS];

/** Only columns in which nothing is a number, and values that look like a date, are tried: parsing is slow. Looks at table `counts` of profile.ts. */
export async function findDateForms(database: Database): Promise<Map<number, DateForms>> {
  const dated = FORMS.map((form) => asDate("value", form));
  const counts = dated.map((date) => `coalesce(sum(n) FILTER (${date} IS NOT NULL), 0)`);
  const rows = await database.rows(
    `SELECT place, coalesce(sum(n) FILTER (coalesce(${dated.join(", ")}) IS NOT NULL), 0), ${counts.join(", ")} ` +
      `FROM counts SEMI JOIN (SELECT place FROM counts GROUP BY place HAVING count(number) = 0) USING (place) ` +
      `WHERE length(value) BETWEEN 6 AND 40 AND regexp_matches(value, '^[0-9A-Za-z].*[0-9]') GROUP BY place`,
  );
  const found = new Map<number, DateForms>();
  for (const [place, dates, ...own] of rows) {
    const forms = own.map(Number);
    const most = Math.max(...forms);
    const other = most === Number(dates) ? null : await firstOther(database, Number(place), FORMS[forms.indexOf(most)]);
    found.set(Number(place), { counts: forms, dates: Number(dates), other });
  }
  return found;
}

async function firstOther(database: Database, place: number, form: string | undefined): Promise<DateForms["other"]> {
  const [value, row] =
    (
      await database.rows(
        `SELECT left(arg_min(value, first_row), 80), min(first_row) FROM counts WHERE place = ${place} AND ${asDate("value", form)} IS NULL`,
      )
    )[0] ?? [];
  return value === null || value === undefined ? null : { value: String(value), row: Number(row) };
}
