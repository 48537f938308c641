/** A horizontal axis of clock times, in seconds since 1970: its reach, and marks that stand at round times of the day. Pure. */
import type { Domain } from "./axes.ts";

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** Distances between two marks, in seconds; beyond the last they are whole weeks. */
const STEPS = [1, 2, 5, 10, 15, 30]
  .concat([1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE))
  .concat([1, 2, 3, 6, 12].map((hours) => hours * HOUR))
  .concat([1, 2, 7].map((days) => days * DAY));

function stepFor(span: number, count: number): number {
  const least = span / Math.max(1, count);
  return STEPS.find((step) => step >= least) ?? 7 * DAY * Math.ceil(least / (7 * DAY));
}

/** The same reach, rounded outwards so that it moves seldom while a run trains. */
export function clockDomain(first: number, last: number): Domain {
  const step = stepFor(Math.max(1, last - first), 20);
  const low = Math.floor(first / step) * step;
  return [low, Math.max(low + step, Math.ceil(last / step) * step)];
}

/** @param offset of the local time from UTC, in seconds: days begin at midnight here */
export function clockTicks([low, high]: Domain, count: number, offset: number = offsetAt(low)): readonly number[] {
  const step = stepFor(high - low, count);
  const first = Math.ceil((low + offset) / step) * step - offset;
  return Array.from({ length: Math.max(0, Math.floor((high - first) / step) + 1) }, (_, index) => first + index * step);
}

const offsetAt = (seconds: number): number => -new Date(seconds * 1000).getTimezoneOffset() * MINUTE;

/** "2026-11-21 14:05:30": the same in every language. */
export function formatClock(seconds: number): string {
  const date = new Date(seconds * 1000);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** As short as marks so far apart can be told from each other: "14:05:30", "14:05", "11-21 14:00", "11-21". */
export function formatClockMark(seconds: number, [low, high]: Domain, count: number): string {
  const [date = "", time = ""] = formatClock(seconds).split(" ");
  const step = stepFor(high - low, count);
  if (step >= DAY) return date.slice(5);
  if (high - low > DAY) return `${date.slice(5)} ${time.slice(0, 5)}`;
  return step >= MINUTE ? time.slice(0, 5) : time;
}
