/** Times of day in a filter and on the screen: no day is shown, and what is beyond 23:59 is none. */
import { expect, it } from "vitest";
import { momentWords, TIME_DAY, timeOfText } from "./times-of-day.ts";

it.each([
  ["13:45", "13:45"],
  ["9:05", "09:05"],
  ["1:45 PM", "13:45"],
  ["12 am", "00:00"],
  ["12:30 p.m.", "12:30"],
  ["08:30:15", "08:30:15"],
  ["08:30:15.2509", "08:30:15.250"],
  ["24:00", "–"],
  ["13:45 PM", "–"],
  ["2020-01-02", "–"],
])("'%s' is %s", (text, shown) => {
  expect(momentWords(timeOfText(text))).toBe(shown);
});

it("a date has its day, and its time where that is not midnight", () => {
  expect([0, 49_500_000, TIME_DAY, TIME_DAY - 1].map(momentWords)).toEqual([
    "1970-01-01",
    "1970-01-01 13:45:00",
    "00:00",
    "-000001-12-31 23:59:59",
  ]);
});
