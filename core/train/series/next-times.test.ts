/** Times after the last: the usual step, and months that differ in length. */
import { expect, it } from "vitest";
import { nextTimes } from "./next-times.ts";

const day = (text: string): number => Date.parse(`${text}T00:00:00Z`);
const next = (known: readonly string[], count: number): string[] =>
  [...nextTimes(Float64Array.from(known, day), count, true)].map((time) => new Date(time).toISOString().slice(0, 10));

it("goes on at the usual step, whatever gaps there are", () => {
  expect([...nextTimes(Float64Array.of(1, 2, 3, 7, 8), 3, false)]).toEqual([9, 10, 11]);
  expect(next(["2024-02-26", "2024-02-27", "2024-02-28"], 3)).toEqual(["2024-02-29", "2024-03-01", "2024-03-02"]);
});

it("goes on by months, quarters and years of the calendar", () => {
  expect(next(["2023-10-01", "2023-11-01", "2023-12-01"], 3)).toEqual(["2024-01-01", "2024-02-01", "2024-03-01"]);
  expect(next(["2023-11-30", "2023-12-31"], 3)).toEqual(["2024-01-31", "2024-02-29", "2024-03-31"]);
  expect(next(["2023-10-01", "2024-01-01"], 2)).toEqual(["2024-04-01", "2024-07-01"]);
  expect(next(["2022-03-05", "2023-03-05"], 2)).toEqual(["2024-03-05", "2025-03-05"]);
});

it("has a step of its own where nothing tells one", () => {
  expect([...nextTimes(Float64Array.of(4), 2, false)]).toEqual([5, 6]);
  expect(next(["2024-01-31"], 1)).toEqual(["2024-02-01"]);
});
