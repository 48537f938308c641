import { expect, test } from "vitest";
import { Random } from "../data/random.ts";
import { WorstRows } from "./worst-rows.ts";

const random = new Random(5);

test.each([
  ["errors of many values", Array.from({ length: 400 }, () => random.float())],
  ["errors of five values", Array.from({ length: 400 }, () => random.below(5))],
  ["rising", Array.from({ length: 400 }, (_, i) => i)],
  ["falling", Array.from({ length: 400 }, (_, i) => -i)],
])("%s: the rows are those that sorting all would give", (_, errors) => {
  const sorted = [...errors.keys()].sort((a, b) => (errors[b] as number) - (errors[a] as number) || a - b);
  for (const most of [0, 1, 7, 400, 1000]) {
    const worst = new WorstRows(most);
    for (const [place, error] of errors.entries()) worst.add(place, error);
    expect(worst.places()).toEqual(sorted.slice(0, most));
  }
});

test("an error that is no number comes first", () => {
  const worst = new WorstRows(2);
  for (const [place, error] of [1, Number.NaN, 5, 3].entries()) worst.add(place, error);
  expect(worst.places()).toEqual([1, 2]);
});
