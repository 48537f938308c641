/** Marks of an axis of numbers or of dates, each at a round one: years, quarters, months, days, hours, minutes. Pure; dates are milliseconds since 1970, in UTC. */
import { isTimeOfDay } from "../../core/schema/times-of-day.ts";
import { formatFigure } from "../ui/format.ts";
import { type Domain, linearTicks } from "./axes.ts";

export interface AxisMark {
  readonly value: number;
  readonly text: string;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONTH = 30.4 * DAY;
const YEAR = 365.25 * DAY;

interface DateStep {
  readonly unit: "minutes" | "hours" | "days" | "months" | "years";
  readonly count: number;
}

const LENGTHS = { minutes: MINUTE, hours: HOUR, days: DAY, months: MONTH, years: YEAR } as const;
const STEPS: readonly DateStep[] = (
  [
    ["minutes", [1, 5, 15, 30]],
    ["hours", [1, 3, 6, 12]],
    ["days", [1, 2, 7, 14]],
    ["months", [1, 3, 6]],
    ["years", [1, 2, 5, 10, 20, 50, 100]],
  ] as const
).flatMap(([unit, counts]) => counts.map((count) => ({ unit, count })));

/** About so many marks; dates take more room than numbers. */
export function axisMarks([low, high]: Domain, dates: boolean): readonly AxisMark[] {
  if (!dates) return linearTicks([low, high], 5).map((value) => ({ value, text: formatFigure(value) }));
  const least = (high - low) / 4;
  const step = STEPS.find(({ unit, count }) => count * LENGTHS[unit] >= least) ?? { unit: "years", count: 200 };
  return placesOf(step, low, high).map((value) => ({ value, text: textOf(value, step) }));
}

function placesOf({ unit, count }: DateStep, low: number, high: number): readonly number[] {
  const at = (place: number): number => {
    if (unit === "years") return Date.UTC(1970, (place * count - 1970) * 12, 1);
    return unit === "months" ? Date.UTC(1970, place * count, 1) : place * count * LENGTHS[unit];
  };
  const places: number[] = [];
  for (let place = Math.floor(firstPlace(unit, count, low)) - 1; at(place) <= high; place += 1)
    if (at(place) >= low) places.push(at(place));
  return places;
}

function firstPlace(unit: DateStep["unit"], count: number, low: number): number {
  const date = new Date(low);
  if (unit === "years") return date.getUTCFullYear() / count;
  return unit === "months" ? ((date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth()) / count : low / (count * LENGTHS[unit]);
}

/** As much of it as the marks need. */
function textOf(value: number, { unit }: DateStep): string {
  const text = new Date(value).toISOString();
  if (isTimeOfDay(value)) return text.slice(11, 16);
  if (unit === "minutes" || unit === "hours") return `${text.slice(5, 10)} ${text.slice(11, 16)}`;
  return text.slice(0, { years: 4, months: 7, days: 10 }[unit]);
}
