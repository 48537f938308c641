/** Folds and tests of differences against scikit-learn and scipy; values by generate_groups.py. */
import { describe, expect, it } from "vitest";
import { type FoldMethod, foldOf } from "../../../core/data/folds.ts";
import { Random } from "../../../core/data/random.ts";
import { type Difference, pairedTest, summaryOf, welchTest } from "../../../core/sweeps/statistics.ts";
import golden from "./groups.json" with { type: "json" };

type Case = (typeof golden.folds)[number];

function cut({ rows, folds }: Case, method: FoldMethod, strata: readonly number[] | null) {
  const all = Uint32Array.from({ length: rows }, (_, row) => row);
  return Array.from({ length: folds }, (_, fold) =>
    foldOf(all, method, { folds, fold, strata: strata === null ? null : Int32Array.from(strata), random: new Random(5, 1) }),
  );
}

describe.each(golden.folds)("$folds folds of $rows rows", (given) => {
  const methods = [
    ["random", null],
    ["stratified", given.classes],
    ...(given.grouped_sizes.length > 0 ? [["grouped", given.groups] as const] : []),
  ] as const;

  it.each(methods)("hold out every row exactly once and train on all others (%s)", (method, strata) => {
    const folds = cut(given, method, strata);
    const held = folds.flatMap(({ validation }) => [...validation]);
    expect([...held].sort((a, b) => a - b)).toEqual(Array.from({ length: given.rows }, (_, row) => row));
    for (const { training, validation } of folds) {
      const both = new Set([...training, ...validation]);
      expect([both.size, training.length + validation.length]).toEqual([given.rows, given.rows]);
    }
  });

  it("have the sizes of KFold, and of GroupKFold without a group in two", () => {
    expect(cut(given, "random", null).map(({ validation }) => validation.length)).toEqual(given.random_sizes);
    if (given.grouped_sizes.length === 0) return;
    const grouped = cut(given, "grouped", given.groups);
    expect(grouped.map(({ validation }) => validation.length).sort((a, b) => a - b)).toEqual(given.grouped_sizes);
    for (const { training, validation } of grouped) {
      const trained = new Set([...training].map((row) => given.groups[row]));
      expect([...validation].some((row) => trained.has(given.groups[row] as number))).toBe(false);
    }
  });

  it("have of each class as many as StratifiedKFold", () => {
    if (given.stratified_counts.length === 0) return;
    const counts = cut(given, "stratified", given.classes).map(({ validation }) =>
      [0, 1, 2, 3].map((code) => [...validation].filter((row) => given.classes[row] === code).length),
    );
    // sklearn deals by the order in which classes first appear, we by their code: folds may stand in another order.
    const sorted = (list: readonly (readonly number[])[]): string[] =>
      list[0]?.map((_, k) =>
        list
          .map((row) => row[k])
          .sort()
          .join(),
      ) ?? [];
    expect(sorted(counts)).toEqual(sorted(given.stratified_counts));
  });

  it("are by time those of TimeSeriesSplit, row for row", () => {
    if (given.time.length === 0) return;
    expect(cut(given, "time", null).map(({ training, validation }) => [[...training], [...validation]])).toEqual(given.time);
  });
});

describe.each(golden.tests)("the difference of two designs", (given) => {
  const figures = (found: Difference | null): number[] => [found?.t ?? Number.NaN, found?.freedom ?? Number.NaN, found?.p ?? Number.NaN];
  const near = (received: readonly number[], expected: readonly number[]): void =>
    received.forEach((value, k) => expect(Math.abs(value - (expected[k] as number))).toBeLessThan(1e-10 * Math.max(1, Math.abs(value))));

  it(`is that of scipy (${given.first.length} and ${given.second.length} values)`, () => {
    const { mean, deviation, margin } = summaryOf(given.first) ?? { mean: Number.NaN, deviation: null, margin: null };
    near([mean, deviation ?? Number.NaN, margin ?? Number.NaN], given.summary);
    near(figures(welchTest(given.first, given.second)), given.welch);
    if (given.paired === undefined) return;
    near(figures(pairedTest(given.first, given.second)), given.paired);
    near(figures(pairedTest(given.first, given.second, 1 / (given.first.length - 1))), given.corrected);
  });
});
