/**
 * Times of day without a date: 13:45, 1:45 PM, 08:30:15.250. They are dates on a day that no table has, 1 January of the year 0, so that
 * steps take them apart as they do dates, and what shows a value of them knows to leave the day out.
 */

const DAY = 86_400_000;
/** Milliseconds since 1970 of the midnight that they are counted from. */
export const TIME_DAY = -62_167_219_200_000;

/** How a column of them is written, as `date_format`: with hours to 23 or of twelve. Seconds and parts of them may follow. */
export const TIME_FORMATS = ["%H:%M", "%I:%M %p"] as const;
export type TimeFormat = (typeof TIME_FORMATS)[number];

export const isTimeFormat = (format: string | undefined): format is TimeFormat => TIME_FORMATS.some((one) => one === format);

/** Patterns of both: what is beyond 23:59 is a duration. */
export const TIME_PATTERNS: Readonly<Record<TimeFormat, string>> = {
  "%H:%M": "([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]+)?)?",
  "%I:%M %p": "(0?[1-9]|1[0-2])(:[0-5][0-9](:[0-5][0-9]([.][0-9]+)?)?)? ?[aApP][.]?[mM][.]?",
};

/** @returns NaN for what is no time of day */
export function timeOfText(text: string): number {
  if (!TIME_FORMATS.some((format) => new RegExp(`^${TIME_PATTERNS[format]}$`).test(text))) return Number.NaN;
  const [hour = 0, minute = 0, second = 0] = text
    .replace(/ ?[a-z.]+$/i, "")
    .split(":")
    .map(Number);
  const half = /p[.]?m/i.test(text) ? 12 : 0;
  const ofTwelve = /m[.]?$/i.test(text);
  return TIME_DAY + ((ofTwelve ? (hour % 12) + half : hour) * 60 + minute) * 60_000 + Math.floor(Math.round(second * 1e6) / 1000);
}

export const isTimeOfDay = (value: number): boolean => value >= TIME_DAY && value < TIME_DAY + DAY;

/** A date without its time where that is midnight, with it to the second where it is not; of a time of day no date. */
export function momentWords(value: number): string {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return "–";
  const text = date.toISOString();
  if (isTimeOfDay(value)) return text.slice(11, 23).replace(/(:00)?\.000$/, "");
  return text
    .replace(/T00:00:00\.000Z$/, "")
    .replace(/\.\d+Z$/, "")
    .replace("T", " ");
}
