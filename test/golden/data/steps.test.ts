/** The steps of preparation against scikit-learn; the values and what made them are in steps.json. */
import { describe, expect, it } from "vitest";
import type { CategoryColumn, NumberColumn } from "../../../core/data/table.ts";
import { defaultsOf } from "../../../core/schema/validate.ts";
import { stepDefinition } from "../../../core/steps/definitions.ts";
import { stepImplementation } from "../../../core/steps/implementations.ts";
import type { StepColumn } from "../../../core/steps/step.ts";
import golden from "./steps.json" with { type: "json" };

/** Distance as everywhere: max|a−b| / max(1e-3, max|b|). scikit-learn adds in another order, hence not 0. */
const TOLERANCE = 1e-6;

type Numbers = readonly (number | null)[];
const numberColumn = (values: Numbers): NumberColumn => ({
  kind: "number",
  name: "c",
  values: Float64Array.from(values, (value) => value ?? Number.NaN),
});
const wordColumn = (values: readonly (string | null)[]): CategoryColumn => {
  const categories = [...new Set(values.filter((value) => value !== null))];
  return {
    kind: "category",
    name: "c",
    categories,
    codes: Int32Array.from(values, (value) => (value === null ? -1 : categories.indexOf(value))),
  };
};
const numbersIn = (column: StepColumn | undefined): number[] => {
  if (column?.kind !== "number") throw new Error(`expected numbers, received ${column?.kind}`);
  return [...column.values];
};
function distance(received: readonly number[], expected: Numbers): number {
  expect(received.length).toBe(expected.length);
  let difference = 0;
  let size = 1e-3;
  expected.forEach((value, place) => {
    const got = received[place] as number;
    expect(Number.isNaN(got), `missing at ${place}`).toBe(value === null);
    if (value === null) return;
    difference = Math.max(difference, Math.abs(got - value));
    size = Math.max(size, Math.abs(value));
  });
  return difference / size;
}
/** Fits on a column; gives what the step makes of that and of another, and its inverse. */
function run(type: string, fitOn: StepColumn, options: Record<string, unknown> = {}) {
  const step = stepImplementation(type);
  const config = { ...defaultsOf(stepDefinition(type).schema), ...options };
  const fitted = JSON.parse(JSON.stringify(step.fit([fitOn], config))) as unknown;
  return {
    apply: (column: StepColumn): readonly StepColumn[] => step.apply([column], fitted, config)[0] ?? [],
    inverse: (values: readonly number[]): number[] => [...(step.inverse?.(Float64Array.from(values), "c", fitted, config) ?? [])],
  };
}

describe("numeric steps and scikit-learn", () => {
  for (const given of golden.numeric) {
    const column = numberColumn(given.values);
    const scalers = [
      ["standardise", {}, given.standardise],
      ["min_max", {}, given.min_max],
      ["min_max", { lower: -1, upper: 3 }, given.min_max_ranged],
    ] as const;
    for (const [type, options, expected] of scalers)
      it(`agree on ${type} ${JSON.stringify(options)} of '${given.name}', on other values and back`, () => {
        const step = run(type, column, options);
        expect(distance(numbersIn(step.apply(column)[0]), expected.fitted)).toBeLessThan(TOLERANCE);
        expect(distance(numbersIn(step.apply(numberColumn(given.other))[0]), expected.other)).toBeLessThan(TOLERANCE);
        expect(distance(step.inverse(given.other), expected.back)).toBeLessThan(TOLERANCE);
      });
    for (const strategy of ["mean", "median", "most_frequent", "constant"] as const)
      it(`agree on impute ${strategy} of '${given.name}'`, () => {
        const step = run("impute", column, { strategy, value: -7.5 });
        expect(distance(numbersIn(step.apply(column)[0]), given[`impute_${strategy}`])).toBeLessThan(TOLERANCE);
      });
  }

  it("agree with numpy on log1p and back", () => {
    const step = run("log1p", numberColumn([0]));
    expect(distance(numbersIn(step.apply(numberColumn(golden.log1p.values))[0]), golden.log1p.log1p)).toBeLessThan(TOLERANCE);
    const { values } = golden.log1p;
    expect(distance(step.inverse([0, 1, 2, 3, 6].map((place) => values[place] as number)), golden.log1p.expm1)).toBeLessThan(TOLERANCE);
  });
});

describe("steps on words and scikit-learn", () => {
  for (const given of golden.lists)
    it(`agree exactly on multi_hot of '${given.name}', unknown parts and missing cells included`, () => {
      const step = run("multi_hot", wordColumn(given.fit), { separator: given.separator });
      const rows = (cells: readonly (string | null)[]): number[][] => {
        const made = step.apply(wordColumn(cells));
        expect(made.map(({ name }) => name)).toEqual(given.parts.map((part) => `c=${part}`));
        return cells.map((_, row) => made.map((column) => numbersIn(column)[row] as number));
      };
      expect(rows(given.fit)).toEqual(given.rows);
      expect(rows(given.other)).toEqual(given.other_rows);
    });

  for (const given of golden.words) {
    it(`agree exactly on one_hot of '${given.name}', unknown categories included`, () => {
      const step = run("one_hot", wordColumn(given.fit));
      const dense = (words: readonly string[]): { names: readonly string[]; rows: number[][] } => {
        const column = step.apply(wordColumn(words))[0];
        if (column?.kind !== "one_hot") throw new Error("expected a one-hot column");
        return { names: column.names, rows: [...column.codes].map((code) => column.names.map((_, place) => (place === code ? 1 : 0))) };
      };
      expect(dense(given.fit)).toEqual({ names: given.categories.map((category) => `c=${category}`), rows: given.one_hot });
      expect(dense(given.other).rows).toEqual(given.one_hot_other);
    });
    // Ours puts numbers in numeric order: scikit-learn's ordinal has them as words.
    if (given.name !== "numbers_as_words")
      it(`agree exactly on ordinal of '${given.name}'`, () => {
        const step = run("ordinal", wordColumn(given.fit));
        expect(numbersIn(step.apply(wordColumn(given.fit))[0])).toEqual(given.ordinal);
        expect(numbersIn(step.apply(wordColumn(given.other))[0])).toEqual(given.ordinal_other);
      });
  }
  for (const given of golden.imputed_words)
    it(`agree on impute ${given.strategy} of ${JSON.stringify(given.values)}`, () => {
      const column = wordColumn(given.values);
      const made = run("impute", column, { strategy: given.strategy === "constant" ? "category" : given.strategy }).apply(column)[0];
      if (made?.kind !== "category") throw new Error("expected categories");
      expect([...made.codes].map((code) => made.categories[code])).toEqual(given.expected);
    });
});

describe("date_parts and Python's datetime", () => {
  it("agree on every part, before 1970 and on leap days too", () => {
    const dates: StepColumn = { kind: "date", name: "c", values: Float64Array.from(golden.dates, ({ ms }) => ms) };
    const made = run("date_parts", dates, { hour: true }).apply(dates);
    const parts = ["year", "month", "day", "weekday", "hour"] as const;
    expect(made.map(({ name }) => name)).toEqual(parts.map((part) => `c.${part}`));
    const [minutes] = run("date_parts", dates, { year: false, month: false, day: false, weekday: false, minute: true }).apply(dates);
    expect(numbersIn(minutes)).toEqual(golden.dates.map(({ ms }) => ((Math.floor(ms / 60_000) % 60) + 60) % 60));
    parts.forEach((part, place) => expect(numbersIn(made[place]), part).toEqual(golden.dates.map((date) => date[part])));
  });
});
