/**
 * Columns of times of day without dates. `13:45` is a quarter to two, or thirteen minutes of a song: hours of two digits on both sides of
 * noon are times, or such hours in a column that is named so; what may be either is not guessed at, and beyond 23:59 all are durations.
 */
import { TIME_DAY, TIME_PATTERNS, type TimeFormat } from "../../../core/schema/times-of-day.ts";
import { asDate } from "./cell-types.ts";
import type { Database } from "./duckdb.ts";

export interface TimesOfDay {
  readonly format: TimeFormat;
  /** `sure`: with AM and PM; `likely`: on both sides of noon, hours of two digits; `hours`: so, but below ten of one digit. */
  readonly verdict: "sure" | "likely" | "hours" | "either";
  /** The first value, and its row from 0. */
  readonly example: string;
  readonly row: number;
}

const HOUR = 3_600_000;
const OF_DAY = "%H:%M";
const OF_TWELVE = "%I:%M %p";
const LOOKS_SO = `(${TIME_PATTERNS[OF_DAY]})|(${TIME_PATTERNS[OF_TWELVE]})`;

const SAYS_DURATION = /dur|length|elapsed|lap|pace|split|时长|用时|耗时|时隔|历时/i;
const SAYS_TIME = /time|hour|clock|uhr|heure|hora|时|點|点/i;

/** @param name of the column @returns null where all may be durations, and are said to be */
export function verdictOfTimes(name: string, { verdict }: TimesOfDay): "times" | "either" | null {
  if (verdict === "sure") return "times";
  if (SAYS_DURATION.test(name)) return null;
  return verdict === "likely" || (verdict === "hours" && SAYS_TIME.test(name)) ? "times" : "either";
}

/** Looks at table `counts` of profile.ts: columns in which all values are times of one form. */
export async function findTimesOfDay(database: Database): Promise<ReadonlyMap<number, TimesOfDay>> {
  const counted = (format: TimeFormat): string => `sum(n) FILTER (regexp_full_match(value, '${TIME_PATTERNS[format]}'))`;
  const time = asDate("value", OF_DAY);
  const rows = await database.rows(
    `SELECT place, any_value(present), ${counted(OF_DAY)}, ${counted(OF_TWELVE)}, min(${time}), max(${time}), ` +
      `bool_and(contains(value, ':') AND strpos(value, ':') = 3), left(arg_min(value, first_row), 80), min(first_row) ` +
      `FROM counts JOIN (SELECT place, sum(n) AS present FROM counts GROUP BY place HAVING count(number) = 0) USING (place) ` +
      `WHERE length(value) BETWEEN 3 AND 20 AND regexp_full_match(value, '${LOOKS_SO}') GROUP BY place`,
  );
  const found = new Map<number, TimesOfDay>();
  for (const [place, present, ofDay, ofTwelve, first, last, twoDigits, example, row] of rows) {
    const said = { example: String(example), row: Number(row) };
    if (Number(ofTwelve) === Number(present)) found.set(Number(place), { format: OF_TWELVE, verdict: "sure", ...said });
    if (Number(ofDay) !== Number(present)) continue;
    const aroundNoon = Number(first) < TIME_DAY + 12 * HOUR && Number(last) >= TIME_DAY + 13 * HOUR;
    const verdict = !aroundNoon ? "either" : twoDigits === true ? "likely" : "hours";
    found.set(Number(place), { format: OF_DAY, verdict, ...said });
  }
  return found;
}
