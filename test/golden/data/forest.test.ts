/** Random forest and seasonal naive beside scikit-learn and numpy (forest.json, made by generate_forest.py). */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { BaselineTask, BaselineWindow, FittedBaseline } from "../../../core/baselines/baseline.ts";
import { baselineImplementation } from "../../../core/baselines/implementations.ts";

interface Rows {
  readonly name: string;
  readonly inputs: number[][];
  readonly targets: number[];
  readonly given: number[][];
}
interface Golden {
  readonly single: (Rows & { readonly seed: number; readonly count: number; readonly predicted: number[][] })[];
  readonly spread: (Rows & { readonly count: number; readonly mean: number[][]; readonly deviation: number[][] })[];
  readonly seasonal: (Rows & { readonly window: BaselineWindow; readonly back: number; readonly predicted: number[][] })[];
}
const golden = JSON.parse(readFileSync(new URL("forest.json", import.meta.url), "utf8")) as Golden;

function fitted(baseline: string, rows: Rows, more: Pick<BaselineTask, "kind" | "count" | "window">, seed: number): FittedBaseline {
  const task: BaselineTask = { width: rows.inputs[0]?.length ?? 0, words: false, ...more };
  const training = { rows: rows.inputs.length, inputs: Float64Array.from(rows.inputs.flat()), targets: rows.targets, weights: null };
  const work = baselineImplementation(baseline).fit(training, task, seed);
  for (;;) {
    const next = work.next();
    if (next.done === true) return next.value;
  }
}
const predicted = (found: FittedBaseline, { given }: Rows): number[] => [...found.predict(Float64Array.from(given.flat()), given.length)];
const kindOf = (count: number): "classes" | "numbers" => (count > 1 ? "classes" : "numbers");
const furthest = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? Number.NaN))), 0);

describe("a random forest", () => {
  it.each(golden.single.map((one) => [one.name, one] as const))("is the mean of scikit-learn's trees over the same rows: %s", (_, one) => {
    const found = predicted(fitted("random_forest", one, { kind: kindOf(one.count), count: one.count, window: null }, one.seed), one);
    expect(found).toHaveLength(one.predicted.flat().length);
    expect(furthest(found, one.predicted.flat())).toBeLessThan(1e-6);
  });

  it.each(golden.spread.map((one) => [one.name, one] as const))("lies among scikit-learn's forests of other seeds: %s", (_, one) => {
    const [mean, deviation] = [one.mean.flat(), one.deviation.flat()];
    const scores = predicted(fitted("random_forest", one, { kind: kindOf(one.count), count: one.count, window: null }, 3), one).map(
      (value, i) => (value - (mean[i] as number)) / Math.max(deviation[i] as number, 0.005),
    );
    const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    // Of a forest of theirs the scores have mean 0 and variance 1.
    expect(Math.abs(average(scores))).toBeLessThan(0.5);
    expect(average(scores.map((score) => score ** 2))).toBeLessThan(2);
    expect(average(scores.map((score) => score ** 2))).toBeGreaterThan(0.3);
    expect(Math.max(...scores.map(Math.abs))).toBeLessThan(5);
  });
});

describe("seasonal naive", () => {
  it.each(golden.seasonal.map((one) => [one.name, one] as const))("finds the season and repeats it: %s", (_, one) => {
    const found = fitted("seasonal_naive", one, { kind: "numbers", count: 1, window: one.window }, 0);
    expect(found.said?.params).toEqual({ back: one.back });
    expect(predicted(found, one)).toEqual(one.predicted.flat());
  });
});
