/** The times that follow those of a series, at its usual step: by the calendar where the step is a month, a quarter or a year. */
import { usualStep } from "../../data/window-gaps.ts";

const DAY = 86_400_000;
/** Days that steps by the calendar may have, and how many months each is. */
const CALENDAR: readonly { readonly from: number; readonly to: number; readonly months: number }[] = [
  { from: 28, to: 31, months: 1 },
  { from: 90, to: 92, months: 3 },
  { from: 365, to: 366, months: 12 },
];

/**
 * @param times known ones, ascending; milliseconds since 1970 where they are dates
 * @returns `count` times after the last; where all known ones are alike (or there is but one), at steps of 1, or of a day
 */
export function nextTimes(times: Float64Array, count: number, dates: boolean): Float64Array {
  const step = usualStep(times) ?? (dates ? DAY : 1);
  const last = times.at(-1) ?? 0;
  const months = dates ? CALENDAR.find(({ from, to }) => step >= from * DAY && step <= to * DAY)?.months : undefined;
  return Float64Array.from({ length: count }, (_, k) =>
    months === undefined ? last + (k + 1) * step : monthsLater(last, (k + 1) * months),
  );
}

/** The same day of a later month, or that month's last where it has no such day; the last of a month stays the last. */
function monthsLater(time: number, months: number): number {
  const date = new Date(time);
  const lastDay = (year: number, month: number): number => new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  const wanted = day === lastDay(year, month) ? 31 : day;
  const next = Date.UTC(year, month + months, Math.min(wanted, lastDay(year, month + months)));
  return next + (time - Date.UTC(year, month, day));
}
