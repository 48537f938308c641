import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { defaultsOf } from "../schema/validate.ts";
import { stepDefinition, stepDefinitions, stepTypes } from "./definitions.ts";
import { stepImplementation, stepImplementations } from "./implementations.ts";
import { compareCodePoints, sortClasses } from "./order.ts";
import type { StepColumn } from "./step.ts";

const words = (categories: string[], codes: number[]): StepColumn => ({
  kind: "category",
  name: "c",
  categories,
  codes: Int32Array.from(codes),
});
const numbers = (values: number[]): StepColumn => ({ kind: "number", name: "c", values: Float64Array.from(values) });
function applied(type: string, fitOn: StepColumn, to: StepColumn, options: Record<string, unknown> = {}): readonly StepColumn[] {
  const config = { ...defaultsOf(stepDefinition(type).schema), ...options };
  const step = stepImplementation(type);
  return step.apply([to], step.fit([fitOn], config), config)[0] ?? [];
}

describe("the registry of steps", () => {
  it("holds every folder, under its own name, as definition and implementation", () => {
    const folders = readdirSync(new URL(".", import.meta.url), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    expect(Object.keys(stepDefinitions).sort()).toEqual(folders.sort());
    expect(Object.keys(stepImplementations).sort()).toEqual(folders.sort());
    for (const type of stepTypes) expect(stepDefinition(type).type).toBe(type);
    expect(() => stepDefinition("toString")).toThrow("data.unknown_step");
  });

  it("has words in both languages for every option", () => {
    for (const { schema, texts } of Object.values(stepDefinitions))
      for (const language of ["en", "zh"] as const) {
        expect(Object.keys(texts[language].fields)).toEqual(Object.keys(schema));
        expect(texts[language].label.length).toBeGreaterThan(0);
      }
  });

  it("has an inverse for every step that may be used on targets", () => {
    for (const [type, { onTargets }] of Object.entries(stepDefinitions))
      if (onTargets) expect(stepImplementation(type).inverse, type).toBeDefined();
  });
});

describe("steps", () => {
  it("one_hot gives zeros for missing and unknown categories, and does not make a column of a category that no training row has", () => {
    const [made] = applied("one_hot", words(["b", "unused", "a"], [0, 2, -1]), words(["a", "new", "unused"], [0, 1, 2, -1]));
    expect(made).toMatchObject({ names: ["c=a", "c=b"], codes: Int32Array.from([0, -1, -1, -1]) });
  });

  it("multi_hot learns from pieces what it learns from all rows, and refuses more than 1,000 parts", () => {
    const config = { separator: "|" };
    const step = stepImplementation("multi_hot");
    const learner = step.learner?.(["c"], config, { bytes: 1 << 20, seed: 1 });
    learner?.add([words(["b|a", "unused|x"], [0])]);
    learner?.add([words(["c| a", ""], [0, 1, -1])]);
    expect(learner?.finish()).toEqual({ c: { parts: ["a", "b", "c"] } });
    const many = words([Array.from({ length: 1001 }, (_, place) => `n${place}`).join("|")], [0]);
    expect(() => applied("multi_hot", many, many, config)).toThrow(
      'data.too_many_categories {"column":"c","categories":1001,"limit":1000}',
    );
    // A separator of nothing parts nothing.
    expect(applied("multi_hot", words(["a|b"], [0]), words(["a|b"], [0]), { separator: "" })).toMatchObject([{ name: "c=a|b" }]);
  });

  it("bins of one width stay apart however narrow they are; those of quantiles that fall together become one", () => {
    const tiny: StepColumn = { kind: "number", name: "c", values: Float64Array.of(0, 1e-9, 2e-9, 4e-9) };
    const codesOf = (edges: string) => {
      const [made] = applied("bins", tiny, tiny, { bins: 4, edges });
      return made?.kind === "one_hot" ? [made.names.length, [...made.codes]] : null;
    };
    // As scikit-learn's KBinsDiscretizer, which joins edges of quantiles alone.
    expect(codesOf("uniform")).toEqual([4, [0, 1, 2, 3]]);
    expect(codesOf("quantile")).toEqual([1, [0, 0, 0, 0]]);
  });

  it("one_hot takes 1,000 categories and refuses 1,001", () => {
    const many = (count: number): StepColumn =>
      words(
        Array.from({ length: count }, (_, place) => `n${place}`),
        Array.from({ length: count }, (_, place) => place),
      );
    expect(applied("one_hot", many(1000), many(1))[0]).toMatchObject({ names: { length: 1000 } });
    expect(() => applied("one_hot", many(1001), many(1))).toThrow('data.too_many_categories {"column":"c","categories":1001,"limit":1000}');
  });

  it("ordinal puts numbers in numeric order, gives −1 for the unknown and keeps the missing", () => {
    const [made] = applied("ordinal", words(["10", "9", "1"], [0, 1, 2]), words(["9", "10", "11"], [0, 1, 2, -1]));
    expect(made).toMatchObject({ kind: "number", values: Float64Array.from([1, 2, -1, Number.NaN]) });
  });

  it("impute refuses a strategy that the column cannot have, and a mean of nothing", () => {
    expect(() => applied("impute", words(["a"], [0]), words(["a"], [0]), { strategy: "mean" })).toThrow("data.impute_wrong_strategy");
    expect(() => applied("impute", numbers([1]), numbers([1]), { strategy: "category" })).toThrow("data.impute_wrong_strategy");
    expect(() => applied("impute", numbers([Number.NaN]), numbers([1]), { strategy: "mean" })).toThrow("data.column_all_missing");
  });

  it("date_parts reads names of months in full, short and Chinese, and refuses others", () => {
    const [made] = applied(
      "date_parts",
      words(["July", "sept", "Jan.", "12月"], [0, 1, 2, 3]),
      words(["July", "sept", "Jan.", "12月", "13月"], [0, 1, 2, 3, -1, 4]),
    );
    expect(made).toMatchObject({ name: "c", values: Float64Array.from([7, 9, 1, 12, Number.NaN, Number.NaN]) });
    expect(() => applied("date_parts", words(["Julyish"], [0]), words([], []))).toThrow(
      'data.not_a_month {"column":"c","value":"Julyish","row":1}',
    );
  });

  it("date_parts gives missing parts for a missing date, and only the parts that are switched on", () => {
    const date: StepColumn = { kind: "date", name: "c", values: Float64Array.from([0, Number.NaN]) };
    const made = applied("date_parts", date, date, { year: true, month: false, day: false, weekday: true });
    expect(made.map(({ name }) => name)).toEqual(["c.year", "c.weekday"]);
    expect(made[1]).toMatchObject({ values: Float64Array.from([3, Number.NaN]) });
    expect(() => applied("date_parts", date, date, { year: false, month: false, day: false, weekday: false })).toThrow(
      "data.no_date_parts",
    );
  });

  it("log1p refuses what has no logarithm, and min_max bounds the wrong way round", () => {
    expect(() => applied("log1p", numbers([0]), numbers([-1]))).toThrow("data.log1p_out_of_range");
    expect(() => applied("min_max", numbers([0]), numbers([0]), { lower: 1, upper: 1 })).toThrow("data.min_max_bounds");
  });

  it("keep columns of any name apart, even '__proto__'", () => {
    const column = { ...numbers([1, 3]), name: "__proto__" };
    const config = defaultsOf(stepDefinition("standardise").schema);
    const step = stepImplementation("standardise");
    const fitted = JSON.parse(JSON.stringify(step.fit([column], config))) as unknown;
    expect(step.apply([column], fitted, config)[0]?.[0]).toMatchObject({ values: Float64Array.from([-1, 1]) });
    expect(() => step.apply([{ ...column, name: "constructor" }], fitted, config)).toThrow("data.step_not_fitted");
  });
});

describe("orders of names", () => {
  it("are by code point, also beyond the basic plane, where JavaScript's own differs", () => {
    const names = ["\u{1f600}", "\uffee", "z", "", "a", "ab"];
    expect([...names].sort(compareCodePoints)).toEqual(["", "a", "ab", "z", "\uffee", "\u{1f600}"]);
    expect([...names].sort()).not.toEqual([...names].sort(compareCodePoints));
  });

  it("are numeric when every class is a number, and by code point otherwise", () => {
    expect(sortClasses(["10", "9", "-1", "1.5"])).toEqual(["-1", "1.5", "9", "10"]);
    expect(sortClasses(["10", "9", "x"])).toEqual(["10", "9", "x"]);
  });
});
