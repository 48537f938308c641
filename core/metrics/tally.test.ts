/** Sums of the rows that came since an earlier moment: as if only those had been added up. */
import { expect, it } from "vitest";
import type { MetricRows, MetricTask } from "./metric.ts";
import { addRows, emptyTally, tallyOf, tallySince } from "./tally.ts";

const task = (kind: MetricTask["kind"], count: number): MetricTask => ({
  kind,
  count,
  probabilities: kind !== "numbers",
  threshold: 0.5,
  encoding: kind === "numbers" ? "value" : "class_index",
});

/** Numbers lie far from zero, where a difference of sums of squares would have no digit left. */
function rowsOf({ kind, count }: MetricTask, rows: number, seed: number, weights: boolean): MetricRows {
  let state = seed;
  const random = (): number => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
  const many = (length: number, one: () => number): number[] => Array.from({ length }, one);
  const width = kind === "two_classes" ? 1 : count;
  return {
    rows,
    predictions: many(rows * width, () => (kind === "numbers" ? 1e6 + random() : random())),
    targets: many(kind === "numbers" || kind === "labels" ? rows * count : rows, () => {
      if (kind === "numbers") return 1e6 + random();
      return Math.floor(random() * (kind === "labels" ? 2 : count));
    }),
    weights: weights ? many(rows, () => Math.floor(3 * random())) : null,
  };
}

it.each([
  ["numbers", 2],
  ["two_classes", 2],
  ["classes", 4],
  ["labels", 3],
] as const)("of %s", (kind, count) => {
  const asked = task(kind, count);
  for (const weights of [false, true]) {
    const tally = emptyTally(asked);
    addRows(tally, rowsOf(asked, 300, 7, weights));
    const before = [...tally.sums];
    const last = rowsOf(asked, 40, 99, weights);
    addRows(tally, last);
    const since = tallySince(tally, before).sums;
    tallyOf(asked, last).sums.forEach((sum, i) => expect(Math.abs((since[i] ?? 0) - sum)).toBeLessThan(1e-8 * Math.max(1, Math.abs(sum))));
    expect(tally.sums).not.toEqual(since);
  }
});

it("of no rows at all is nothing", () => {
  const asked = task("numbers", 1);
  const tally = tallyOf(asked, rowsOf(asked, 10, 3, false));
  expect(tallySince(tally, [...tally.sums]).sums.filter((sum) => sum !== 0 && sum < 1e5)).toEqual([]);
});
