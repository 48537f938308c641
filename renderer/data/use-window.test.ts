import { expect, test } from "vitest";
import { spanOf, spanOfSizes } from "./use-window.ts";

test("only the rows in sight and a few beyond are drawn, however many there are", () => {
  expect(spanOf(0, 300, 30, 10_000, 2)).toEqual({ first: 0, end: 12 });
  expect(spanOf(150_000, 300, 30, 10_000, 2)).toEqual({ first: 4998, end: 5012 });
  expect(spanOf(299_700, 300, 30, 10_000, 2)).toEqual({ first: 9988, end: 10_000 });
});

test("a list that got shorter than the place scrolled to draws nothing beyond its end", () => {
  const { first, end } = spanOf(5000, 300, 30, 3, 2);
  expect(end - first).toBe(0);
});

test("things of different sizes: those that overlap what is in sight, and some beyond", () => {
  const ends = [100, 150, 350, 360, 460];
  expect(spanOfSizes(120, 100, ends, 0)).toEqual({ first: 1, end: 3 });
  expect(spanOfSizes(0, 90, ends, 0)).toEqual({ first: 0, end: 1 });
  expect(spanOfSizes(355, 500, ends, 1)).toEqual({ first: 2, end: 5 });
});
