import { describe, expect, test } from "vitest";
import { axisMarks } from "./date-axis.ts";

const texts = (from: string, to: string): string[] => axisMarks([Date.parse(from), Date.parse(to)], true).map(({ text }) => text);

describe("marks of an axis of dates", () => {
  test("stand at years, quarters, months, days and hours, and say no more than that", () => {
    expect(texts("1949-01-01", "1960-12-01")).toEqual(["1950", "1955", "1960"]);
    expect(texts("1957-10-20", "1961-02-02")).toEqual(["1958", "1959", "1960", "1961"]);
    expect(texts("2024-01-15", "2024-12-20")).toEqual(["2024-04", "2024-07", "2024-10"]);
    expect(texts("2023-11-20", "2024-03-05")).toEqual(["2023-12", "2024-01", "2024-02", "2024-03"]);
    expect(texts("2024-02-27", "2024-03-02")).toEqual(["2024-02-27", "2024-02-28", "2024-02-29", "2024-03-01", "2024-03-02"]);
    expect(texts("2024-02-27T22:00Z", "2024-02-28T13:00Z")).toEqual(["02-28 00:00", "02-28 06:00", "02-28 12:00"]);
  });

  test("of times of day have no day", () => {
    expect(texts("0000-01-01T08:30Z", "0000-01-01T23:50Z")).toEqual(["12:00", "18:00"]);
    expect(texts("0000-01-01T08:05Z", "0000-01-01T08:50Z")).toEqual(["08:15", "08:30", "08:45"]);
  });

  test("are where they say, before 1970 too", () => {
    for (const { value, text } of axisMarks([Date.parse("1890-05-05"), Date.parse("1899-05-05")], true))
      expect(new Date(value).toISOString()).toBe(`${text}-01-01T00:00:00.000Z`);
  });

  test("of numbers are round numbers", () => {
    expect(axisMarks([0.2, 4.1], false).map(({ text }) => text)).toEqual(["1", "2", "3", "4"]);
  });
});
