/** Encoders, neighbours, cycles and truncated SVD against scikit-learn; the values and what made them are in encoders.json. */
import { describe, expect, it } from "vitest";
import { type ColumnGroups, fitSteps } from "../../../core/data/pipeline.ts";
import { defaultsOf } from "../../../core/schema/validate.ts";
import { stepDefinition } from "../../../core/steps/definitions.ts";
import { stepImplementation } from "../../../core/steps/implementations.ts";
import type { StepColumn, StepTarget, TensorColumn } from "../../../core/steps/step.ts";
import golden from "./encoders.json" with { type: "json" };

/** Distance as everywhere: max|a−b| / max(1e-3, max|b|). */
const TOLERANCE = 1e-6;

type Numbers = readonly (number | null)[];
const numbers = (values: Numbers, name = "c"): StepColumn => ({
  kind: "number",
  name,
  values: Float64Array.from(values, (value) => value ?? Number.NaN),
});
const words = (values: readonly (string | null)[]): StepColumn => {
  const categories = [...new Set(values.filter((value) => value !== null))];
  return {
    kind: "category",
    name: "c",
    categories,
    codes: Int32Array.from(values, (value) => (value === null ? -1 : categories.indexOf(value))),
  };
};
const tensor = (rows: readonly (readonly number[])[]): TensorColumn => ({
  kind: "tensor",
  name: "c",
  shape: [rows[0]?.length ?? 0],
  values: Float32Array.from(rows.flat()),
  names: [],
});
const many = (columns: readonly Numbers[]): StepColumn[] => columns.map((values, i) => numbers(values, `c${i}`));

function run(type: string, fitOn: readonly StepColumn[], options: Record<string, unknown> = {}, target: StepTarget | null = null) {
  const step = stepImplementation(type);
  const config = { ...defaultsOf(stepDefinition(type).schema), ...options };
  const fitted = JSON.parse(JSON.stringify(step.fit(fitOn, config, target))) as unknown;
  return {
    apply: (columns: readonly StepColumn[]): readonly StepColumn[] => step.apply(columns, fitted, config).flat(),
    /** What the training rows themselves get: names of columns are those given here. */
    training: (): readonly StepColumn[] => {
      const named = { type, columns: fitOn.map(({ name }) => name), ...options };
      const groups: ColumnGroups = new Map(fitOn.map((column) => [column.name, [column]]));
      fitSteps([named], groups, new Set(), new Set(groups.keys()), () => target);
      return [...groups.values()].flat();
    },
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
function expectColumns(received: readonly StepColumn[], expected: readonly Numbers[]): void {
  expect(received).toHaveLength(expected.length);
  expected.forEach((values, i) => expectNear(valuesIn(received[i]), values));
}

describe("filling in from neighbours and scikit-learn", () => {
  for (const { name, neighbours, weights, fit, other, fitted, transformed } of golden.neighbours)
    it(`agree: ${name}`, () => {
      const { apply } = run("nearest_neighbours", many(fit), { neighbours, weights });
      expectColumns(apply(many(fit)), fitted);
      expectColumns(apply(many(other)), transformed);
    });

  it("keep evenly spaced rows where there are more than are to be stored", () => {
    const { apply } = run(
      "nearest_neighbours",
      many([
        [0, 1, 2, 3],
        [10, 20, 30, 40],
      ]),
      { neighbours: 1, most_rows: 2 },
    );
    expect(
      valuesIn(
        apply(
          many([
            [1, 3],
            [null, null],
          ]),
        )[1],
      ),
    ).toEqual([10, 30]);
  });
});

describe("the target encoder and scikit-learn", () => {
  for (const { name, smooth, folds, fit, target, classes, other, fitted, transformed } of golden.targets)
    it(`agree: ${name}`, () => {
      const given: StepTarget =
        classes === null
          ? { kind: "numbers", values: Float64Array.from(target as number[]) }
          : {
              kind: "classes",
              classes: classes.map(String),
              codes: Int32Array.from(target, (value: number | string) => (classes as (number | string)[]).indexOf(value)),
            };
      const { apply, training } = run("target_encoder", [words(fit)], { smooth, folds, shuffle: false }, given);
      expectColumns(training(), fitted);
      expectColumns(apply([words(other)]), transformed);
    });

  it("does not let a training row see its own target, in folds that are drawn", () => {
    const values = Array.from({ length: 40 }, (_, row) => row % 7);
    const column = words(values.map((_, row) => "abc"[row % 3] as string));
    const encoded = (target: number[]): number[] =>
      valuesIn(run("target_encoder", [column], {}, { kind: "numbers", values: Float64Array.from(target) }).training()[0]);
    const before = encoded(values);
    for (const row of [0, 17, 39]) {
      const after = encoded(values.map((value, i) => (i === row ? 1e6 : value)));
      expect(after[row]).toBe(before[row]);
      expect(after).not.toEqual(before);
    }
  });

  it("asks for a target", () => {
    expect(() => run("target_encoder", [words(["a", "b"])])).toThrow("data.target_encoder_needs_target");
  });
});

describe("hashing and scikit-learn", () => {
  for (const { width, places, signs } of golden.hashing.cases)
    it(`agree on the column and the sign of every name, of ${width} columns`, () => {
      const names = golden.hashing.names;
      const values = valuesIn(run("hashing", [words(["z"])], { width }).apply([words([...names, null])])[0]);
      const expected = names.flatMap((_, row) =>
        Array.from({ length: width }, (_unused, place) => (place === places[row] ? signs[row] : 0)),
      );
      expect(values).toEqual([...expected, ...new Array<number>(width).fill(0)]);
    });
});

describe("cycles", () => {
  for (const [part, [sines, cosines]] of Object.entries(golden.cycles.parts))
    it(`of the ${part} agree with the calendar of Python`, () => {
      const date: StepColumn = { kind: "date", name: "d", values: Float64Array.from([...golden.cycles.milliseconds, Number.NaN]) };
      const made = run("date_cycles", [date], { year: false, week: false, [part]: true }).apply([date]);
      expect(made.map(({ name }) => name)).toEqual([`d.${part} sin`, `d.${part} cos`]);
      expectColumns(made, [
        [...(sines ?? []), null],
        [...(cosines ?? []), null],
      ]);
    });

  it("of numbers go by their period", () => {
    const { hours, hour_waves } = golden.cycles;
    expectColumns(run("date_cycles", [numbers(hours)], { period: 24 }).apply([numbers(hours)]), hour_waves);
  });
});

describe("dropping near-constant columns and scikit-learn", () => {
  for (const [variance, kept] of Object.entries(golden.variances.kept))
    it(`agree at a variance of ${variance}`, () => {
      const columns = many(golden.variances.columns);
      const { apply } = run("drop_near_constant", columns, { variance: Number(variance) });
      expect(apply(columns).map(({ name }) => name)).toEqual(columns.filter((_, i) => kept[i]).map(({ name }) => name));
    });

  it("leave out words of which nearly all are the same", () => {
    const column = words(["a", "a", "a", "b", null]);
    expect(run("drop_near_constant", [column], { share: 0.75 }).apply([column])).toHaveLength(0);
    expect(run("drop_near_constant", [column], { share: 0.8 }).apply([column])).toHaveLength(1);
  });
});

describe("truncated SVD and scikit-learn", () => {
  for (const { name, count, rows, transformed } of golden.components)
    it(`agree: ${name}`, () => {
      const [made] = run("truncated_svd", [tensor(rows)], { components: count }).apply([tensor(rows)]);
      expect(made).toMatchObject({ kind: "tensor", shape: [count] });
      expectNear(valuesIn(made), transformed.flat());
    });
});

describe("embedding indices and scikit-learn's ordinals plus one", () => {
  it("agree; missing and unknown are 0", () => {
    const { fit, other, indices } = golden.indices;
    // Code points as scikit-learn: one name is no number, so that none is taken as one.
    expect(valuesIn(run("embedding_index", [words(fit)]).apply([words(other)])[0])).toEqual(indices);
  });

  it("count categories of too few rows as unknown", () => {
    expect(valuesIn(run("embedding_index", [words(["a", "b", "b"])], { min_rows: 2 }).apply([words(["a", "b"])])[0])).toEqual([0, 1]);
    expect(() => run("embedding_index", [words(["a"])], { min_rows: 2 })).toThrow("data.no_frequent_category");
  });
});
