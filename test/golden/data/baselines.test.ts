/** Baselines give what scikit-learn gives, within 1e-6 (baselines.json, made by generate_baselines.py). */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { BaselineTask, FittedBaseline } from "../../../core/baselines/baseline.ts";
import { baselineImplementation } from "../../../core/baselines/implementations.ts";

interface Case {
  readonly name: string;
  readonly baseline: string;
  readonly words: boolean;
  readonly count: number;
  readonly inputs: (number | null)[][];
  readonly targets: number[];
  readonly weights: number[] | null;
  readonly given: (number | null)[][];
  readonly predicted: number[][];
}
const { cases } = JSON.parse(readFileSync(new URL("baselines.json", import.meta.url), "utf8")) as { cases: Case[] };
const flat = (rows: (number | null)[][]): Float64Array => Float64Array.from(rows.flat(), (value) => value ?? Number.NaN);

function finished(work: Generator<void, FittedBaseline>): FittedBaseline {
  for (;;) {
    const next = work.next();
    if (next.done === true) return next.value;
  }
}

describe("baselines agree with scikit-learn", () => {
  it.each(cases.map((one) => [`${one.baseline}: ${one.name}`, one] as const))("%s", (_, one) => {
    const classes = one.predicted[0]?.length !== 1;
    const task: BaselineTask = {
      kind: classes ? "classes" : "numbers",
      count: one.count,
      width: one.inputs[0]?.length ?? 0,
      words: one.words,
      window: null,
    };
    const training = { rows: one.inputs.length, inputs: flat(one.inputs), targets: one.targets, weights: one.weights };
    const found = finished(baselineImplementation(one.baseline).fit(training, task, 0)).predict(flat(one.given), one.given.length);
    const expected = one.predicted.flat();
    const furthest = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - (found[i] ?? Number.NaN))), 0);
    expect(furthest).toBeLessThan(1e-6);
    expect(found.length).toBe(expected.length);
  });
});
