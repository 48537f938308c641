/** Further steps of preparation against scikit-learn; the values and what made them are in further-steps.json. */
import { describe, expect, it } from "vitest";
import type { Column } from "../../../core/data/table.ts";
import { defaultsOf } from "../../../core/schema/validate.ts";
import { stepDefinition } from "../../../core/steps/definitions.ts";
import { stepImplementation } from "../../../core/steps/implementations.ts";
import type { StepColumn } from "../../../core/steps/step.ts";
import golden from "./further-steps.json" with { type: "json" };

/** Distance as everywhere: max|a−b| / max(1e-3, max|b|). */
const TOLERANCE = 1e-6;

type Numbers = readonly (number | null)[];
const numbers = (values: Numbers, name = "c"): Column => ({
  kind: "number",
  name,
  values: Float64Array.from(values, (value) => value ?? Number.NaN),
});
const texts = (values: readonly string[]): Column => ({ kind: "text", name: "c", values });

function run(type: string, fitOn: readonly StepColumn[], options: Record<string, unknown> = {}) {
  const step = stepImplementation(type);
  const config = { ...defaultsOf(stepDefinition(type).schema), ...options };
  const fitted = JSON.parse(JSON.stringify(step.fit(fitOn, config))) as unknown;
  return {
    fitted,
    apply: (columns: readonly StepColumn[]): readonly StepColumn[] => step.apply(columns, fitted, config).flat(),
    inverse: (values: readonly number[]): number[] => [...(step.inverse?.(Float64Array.from(values), "c", fitted, config) ?? [])],
  };
}
const valuesIn = (column: StepColumn | undefined): number[] => {
  if (column?.kind !== "number" && column?.kind !== "tensor") throw new Error(`expected numbers, received ${column?.kind}`);
  return [...column.values];
};
function expectNear(received: readonly number[], expected: Numbers): void {
  expect(received.map((value) => Number.isNaN(value))).toEqual(expected.map((value) => value === null));
  const size = Math.max(1e-3, ...expected.map((value) => Math.abs(value ?? 0)));
  const difference = Math.max(0, ...expected.map((value, i) => (value === null ? 0 : Math.abs((received[i] as number) - value))));
  expect(difference / size).toBeLessThan(TOLERANCE);
}

describe("numeric steps and scikit-learn", () => {
  for (const given of golden.numeric) {
    for (const type of ["robust", "yeo_johnson"] as const)
      it(`agree on ${type} of '${given.name}', on other values and back`, () => {
        const step = run(type, [numbers(given.values)]);
        expectNear(valuesIn(step.apply([numbers(given.values)])[0]), given[type].fitted);
        const others = valuesIn(step.apply([numbers(given.other)])[0]);
        expectNear(others, given[type].other);
        expectNear(step.inverse(others), given.other);
      });
    it(`agree with numpy on clipping '${given.name}'`, () => {
      const step = run("clip_outliers", [numbers(given.values)], { lower: 0.05, upper: 0.9 });
      expectNear(valuesIn(step.apply([numbers(given.other)])[0]), given.clip_outliers);
    });
    for (const edges of ["quantile", "uniform"] as const) {
      const expected = given[`bins_${edges}`];
      if (expected === undefined) continue;
      it(`agree on ${edges} bins of '${given.name}'`, () => {
        const step = run("bins", [numbers(given.values)], { bins: 4, edges });
        const codes = (values: Numbers): number[] => {
          const [made] = step.apply([numbers(values)]);
          return made?.kind === "one_hot" ? [...made.codes] : [];
        };
        expect(codes(given.values)).toEqual(expected.fitted);
        expect(codes(given.other)).toEqual(expected.other);
      });
    }
  }

  it("agree on principal components and the variance they explain", () => {
    const { components: given } = golden;
    const columns = given.columns.map((values, i) => numbers(values, `c${i}`));
    const step = run("principal_components", columns, { components: 3 });
    step.apply(columns).forEach((made, k) => expectNear(valuesIn(made), given.fitted[k] ?? []));
    step
      .apply(given.other.map((values, i) => numbers(values, `c${i}`)))
      .forEach((made, k) => expectNear(valuesIn(made), given.transformed[k] ?? []));
    expectNear((step.fitted as { explained: number[] }).explained, given.explained);
  });
});

describe("bags of words and scikit-learn", () => {
  const OPTIONS: Readonly<Record<string, Record<string, unknown>>> = { plain: {}, runs: { ngram_to: 2 }, two_texts: { min_texts: 2 } };
  it.each(golden.texts)("agree on $name", (given) => {
    const options = OPTIONS[given.name] ?? {};
    const counts = run("bag_of_words", [texts(given.fit)], { ...options, weighting: "count" }).apply([texts(given.other)])[0];
    expect(counts?.kind === "tensor" && counts.names).toEqual(given.words.map((word) => `c=${word}`));
    expect(valuesIn(counts)).toEqual(given.counts.flat());
    const weights = run("bag_of_words", [texts(given.fit)], options);
    expectNear(valuesIn(weights.apply([texts(given.fit)])[0]), given.tf_idf.flat());
    expectNear(valuesIn(weights.apply([texts(given.other)])[0]), given.tf_idf_other.flat());
  });
});

it("a value that is missing is marked beside its column", () => {
  const made = run("missing_indicator", [numbers([1, null])]).apply([numbers([1, null, 3])]);
  expect(made.map((column) => [column.name, valuesIn(column)])).toEqual([
    ["c", [1, Number.NaN, 3]],
    ["c missing", [0, 1, 0]],
  ]);
});
