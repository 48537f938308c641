/** Filling in by a model of the other columns gives what scikit-learn's IterativeImputer gives, within 1e-6 of the largest value. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import implementation from "../../../core/steps/impute_by_model/implementation.ts";
import type { StepColumn } from "../../../core/steps/step.ts";

type Numbers = readonly (number | null)[];
interface Case {
  readonly name: string;
  readonly rounds: number;
  readonly tolerance: number;
  readonly fit: Numbers[];
  readonly other: Numbers[];
  readonly fitted: number[][];
  readonly transformed: number[][];
}
const { cases } = JSON.parse(readFileSync(new URL("model-imputer.json", import.meta.url), "utf8")) as { cases: Case[] };
const columnsOf = (columns: readonly Numbers[]): StepColumn[] =>
  columns.map((values, place) => ({
    kind: "number",
    name: `c${place}`,
    values: Float64Array.from(values, (value) => value ?? Number.NaN),
  }));

it.each(cases.map((one) => [one.name, one] as const))("%s", (_, { rounds, tolerance, fit, other, fitted, transformed }) => {
  const config = { rounds, tolerance };
  const learnt = JSON.parse(JSON.stringify(implementation.fit(columnsOf(fit), config))) as unknown;
  for (const [given, expected] of [
    [fit, fitted],
    [other, transformed],
  ] as const) {
    const found = implementation.apply(columnsOf(given), learnt, config).flat();
    const largest = expected.flat().reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const furthest = expected.flatMap((values, place) => {
      const column = found[place];
      if (column?.kind !== "number") throw new Error("no numbers");
      return values.map((value, row) => Math.abs(value - (column.values[row] as number)));
    });
    expect(Math.max(...furthest) / largest).toBeLessThan(1e-6);
    expect(furthest).toHaveLength(expected.flat().length);
  }
});
