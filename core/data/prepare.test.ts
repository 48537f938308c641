import { describe, expect, it } from "vitest";
import { AppError } from "../errors.ts";
import type { DataDocument } from "../graph/document.ts";
import { generate } from "./generators/generator.ts";
import { generatorNamed } from "./generators/generators.ts";
import { layoutOf } from "./layout.ts";
import { applyPipeline, inverseTarget, prepare } from "./prepare.ts";
import type { DataNeeds, FittedPipeline, TargetEncoding } from "./prepared.ts";
import type { CategoryColumn, Column, NumberColumn, Table } from "./table.ts";

const number = (name: string, values: number[]): NumberColumn => ({ kind: "number", name, values: Float64Array.from(values) });
const category = (name: string, values: (string | null)[]): CategoryColumn => {
  const categories = [...new Set(values.filter((value) => value !== null))];
  return { kind: "category", name, categories, codes: Int32Array.from(values, (value) => (value === null ? -1 : categories.indexOf(value))) };
};
const table = (...columns: Column[]): Table => {
  const first = columns[0] as Column;
  const rowCount = first.kind === "number" ? first.values.length : first.codes.length;
  return { rowCount, rowIds: Uint32Array.from({ length: rowCount }, (_, row) => row), columns };
};

interface Plan {
  columns: Record<string, string>;
  steps?: DataDocument["steps"];
  split?: Partial<DataDocument["split"]>;
}
/** Columns as "type" for features and "type!" for targets. */
const design = ({ columns, steps = [], split = {} }: Plan): DataDocument => ({
  source: { kind: "file", name: "test.csv" },
  columns: Object.entries(columns).map(([name, type]) => ({
    name,
    type: type.replace(/[!-]$/, "") as "numeric",
    role: type.endsWith("!") ? "target" : type.endsWith("-") ? "ignored" : "feature",
  })),
  steps,
  split: { method: "none", validation_fraction: 0.25, seed: null, ...split },
  feature_count: null,
  class_count: null,
});
const needs = (encodings: TargetEncoding[], width: number, more: Partial<DataNeeds["inputs"][number]> = {}): DataNeeds => ({
  inputs: [{ nodeId: "in", columns: [], shape: null, ...more }],
  outputs: [{ nodeId: "out", columns: [], targetInput: null, encodings, width }],
});
const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (thrown) {
    if (thrown instanceof AppError) return `${thrown.code}${thrown.nodeId === undefined ? "" : `@${thrown.nodeId}`} ${JSON.stringify(thrown.params)}`;
    throw thrown;
  }
  return "no error";
};

const numbers = [number("x", [1, 2, 3, 4, 5, 6, 7, 80]), category("kind", ["b", "a", "b", "c", "a", "b", "a", "new"]), number("y", [0, 1, 0, 1, 0, 1, 0, 1])];
const STEPS = [
  { type: "impute", columns: ["x"], strategy: "mean" },
  { type: "standardise", columns: ["x"] },
  { type: "one_hot", columns: ["kind"] },
];
const MIXED = design({ columns: { x: "numeric", kind: "categorical", y: "numeric!" }, steps: STEPS, split: { method: "time" } });

describe("prepare", () => {
  it("makes inputs and binary targets of the four corners of xor", () => {
    const xor = generate(generatorNamed("xor"), { count: 4, noise: 0 });
    const { training, pipeline, droppedRows } = prepare(xor, design({ columns: { x1: "numeric", x2: "numeric", label: "categorical!" } }), needs(["binary"], 1), 0);
    expect([...(training.inputs.in?.values ?? [])]).toEqual([-1, -1, -1, 1, 1, -1, 1, 1]);
    expect(training.inputs.in?.shape).toEqual([2]);
    expect([...(training.targets.out?.values ?? [])]).toEqual([0, 1, 1, 0]);
    expect(pipeline.targets.out).toEqual({ columns: ["label"], encoding: "binary", classes: ["a", "b"] });
    expect(droppedRows).toBe(0);
  });

  it("learns from the training rows only: changing a validation row changes no fitted number", () => {
    const changed = [number("x", [1, 2, 3, 4, 5, 6, 700, -80]), category("kind", ["b", "a", "b", "c", "a", "b", "other", "a"]), number("y", [0, 1, 0, 1, 0, 1, 1, 0])];
    const first = prepare(table(...numbers), MIXED, needs(["binary"], 1), 0);
    const second = prepare(table(...changed), MIXED, needs(["binary"], 1), 0);
    expect(second.pipeline).toEqual(first.pipeline);
    expect(second.training).toEqual(first.training);
    expect(second.validation.inputs).not.toEqual(first.validation.inputs);
    expect(first.pipeline.features.flatMap(({ names }) => names)).toEqual(["x", "kind=a", "kind=b", "kind=c"]);
    const fitted = first.pipeline.steps[1]?.fitted as { x: { mean: number } };
    expect(fitted.x.mean).toBe(3.5);
  });

  it("gives a category that training did not have all zeros", () => {
    const { validation } = prepare(table(...numbers), MIXED, needs(["binary"], 1), 0);
    expect([...(validation.inputs.in?.values ?? [])].slice(5, 8)).toEqual([0, 0, 0]);
  });

  it("puts the columns in the order of the design, each column's numbers together, and gives nodes the columns they ask for", () => {
    const data = design({
      columns: { when: "date", kind: "categorical", x: "numeric", y: "numeric!" },
      steps: [{ type: "one_hot", columns: ["kind"] }, { type: "date_parts", columns: ["when"], year: true, month: true, day: false, weekday: false }],
    });
    const rows = table(number("y", [0, 1]), number("x", [7, 8]), category("kind", ["q", "p"]), number("when", [0, 1e12]));
    const { training, pipeline } = prepare(rows, data, { ...needs(["binary"], 1), inputs: [{ nodeId: "all", columns: [], shape: [5, 1] }, { nodeId: "some", columns: ["x", "kind"], shape: null }] }, 0);
    expect(pipeline.features.map(({ column, width, names }) => [column, width, ...names])).toEqual([
      ["when", 2, "when.year", "when.month"],
      ["kind", 2, "kind=p", "kind=q"],
      ["x", 1, "x"],
    ]);
    expect([...(training.inputs.all?.values ?? [])]).toEqual([1970, 1, 0, 1, 7, 2001, 9, 1, 0, 8]);
    expect(training.inputs.all?.shape).toEqual([5, 1]);
    expect([...(training.inputs.some?.values ?? [])]).toEqual([7, 0, 1, 8, 1, 0]);
  });

  it("drops rows without a target, counts them, and keeps the row ids of the others", () => {
    const { training, droppedRows } = prepare(table(number("x", [1, 2, 3]), category("y", ["a", null, "b"])), design({ columns: { x: "numeric", y: "categorical!" } }), needs(["binary"], 1), 0);
    expect([droppedRows, ...training.rowIds]).toEqual([1, 0, 2]);
    expect([...(training.inputs.in?.values ?? [])]).toEqual([1, 3]);
  });

  it("gives the same rows for the same seed, and other rows to validation for another", () => {
    const data = design({ columns: { x: "numeric", y: "numeric!" }, split: { method: "random" } });
    const rows = table(number("x", Array.from({ length: 40 }, (_, row) => row)), number("y", Array.from({ length: 40 }, (_, row) => row % 7)));
    const held = (seed: number): string => prepare(rows, data, needs(["value"], 1), seed).validation.rowIds.join();
    expect(held(1)).toBe(held(1));
    expect(held(1)).not.toBe(held(2));
  });
});

describe("encodings of the target", () => {
  const encoded = (columns: Column[], types: Record<string, string>, encodings: TargetEncoding[], width: number): [string, string[], number[], number[]] => {
    const { pipeline, training } = prepare(table(number("x", [1, 2, 3]), ...columns), design({ columns: { x: "numeric", ...types } }), needs(encodings, width), 0);
    const layout = pipeline.targets.out;
    return [layout?.encoding ?? "", [...(layout?.classes ?? [])], [...(training.targets.out?.values ?? [])], [...(training.targets.out?.shape ?? [])]];
  };
  const words = category("y", ["b", "a", "c"]);

  it("are the first the loss takes that fits: numbers as they are, classes by index, one-hot, sign", () => {
    expect(encoded([number("y", [5, 6, 8])], { y: "numeric!" }, ["value", "one_hot"], 1)).toEqual(["value", [], [5, 6, 8], [1]]);
    expect(encoded([number("y", [5, 6, 8])], { y: "numeric!" }, ["value", "one_hot"], 3)).toEqual(["one_hot", ["5", "6", "8"], [1, 0, 0, 0, 1, 0, 0, 0, 1], [3]]);
    expect(encoded([words], { y: "categorical!" }, ["class_index", "one_hot"], 3)).toEqual(["class_index", ["a", "b", "c"], [1, 0, 2], [1]]);
    expect(encoded([words], { y: "categorical!" }, ["binary", "one_hot"], 3)).toEqual(["one_hot", ["a", "b", "c"], [0, 1, 0, 1, 0, 0, 0, 0, 1], [3]]);
    expect(encoded([category("y", ["no", "yes", "no"])], { y: "categorical!" }, ["sign"], 1)).toEqual(["sign", ["no", "yes"], [-1, 1, -1], [1]]);
    expect(encoded([words], { y: "categorical!" }, ["sign"], 3)).toEqual(["sign", ["a", "b", "c"], [-1, 1, -1, 1, -1, -1, -1, -1, 1], [3]]);
  });

  it("order numeric classes by value and take several 0/1 columns as labels of their own", () => {
    expect(encoded([category("y", ["10", "9", "1"])], { y: "categorical!" }, ["class_index"], 3)[1]).toEqual(["1", "9", "10"]);
    const labels = [number("p", [0, 1, 1]), number("q", [1, 1, 0])];
    expect(encoded(labels, { p: "numeric!", q: "numeric!" }, ["binary", "multi_binary"], 2)).toEqual(["multi_binary", ["0", "1"], [0, 1, 1, 1, 1, 0], [2]]);
  });

  it("take the values of an input where the target is the input", () => {
    const autoencoder: DataNeeds = { inputs: [{ nodeId: "in", columns: [], shape: null }], outputs: [{ nodeId: "out", columns: [], targetInput: "in", encodings: ["value"], width: 2 }] };
    const data = design({ columns: { x1: "numeric", x2: "numeric", label: "categorical-" }, steps: [{ type: "standardise", columns: ["x1", "x2"] }] });
    const circles = generate(generatorNamed("two_circles"), { count: 10 });
    const { training, pipeline } = prepare(circles, data, autoencoder, 0);
    expect(training.targets.out?.values).toEqual(training.inputs.in?.values);
    expect(pipeline.targets.out?.columns).toEqual(["x1", "x2"]);
    const back = inverseTarget(pipeline, "out", training.targets.out?.values ?? []);
    const x1 = circles.columns[0] as NumberColumn;
    expect(back[0]).toBeCloseTo(x1.values[0] as number, 5);
  });
});

describe("what cannot be prepared", () => {
  const xs = number("x", [1, 2, 3]);
  const ys = category("y", ["a", "b", "c"]);
  const attempt = (columns: Column[], types: Record<string, string>, what: DataNeeds, steps: DataDocument["steps"] = []): string =>
    codeOf(() => prepare(table(...columns), design({ columns: types, steps }), what, 0));

  it("a target that has too many classes for the output, naming node, count and width", () => {
    expect(attempt([xs, ys], { x: "numeric", y: "categorical!" }, needs(["class_index"], 4))).toBe('data.class_count_mismatch@out {"column":"y","classes":3,"width":4}');
    expect(attempt([xs, ys], { x: "numeric", y: "categorical!" }, needs(["binary"], 1))).toBe('data.class_count_mismatch@out {"column":"y","classes":3,"width":1}');
  });

  it("a target of one value, none at all, or words for a loss of numbers", () => {
    expect(attempt([xs, category("y", ["a", "a", "a"])], { x: "numeric", y: "categorical!" }, needs(["binary"], 1))).toContain("data.target_one_value@out");
    expect(attempt([xs, number("y", [2, 2, 2])], { x: "numeric", y: "numeric!" }, needs(["value"], 1))).toContain('data.target_one_value@out {"column":"y","value":"2"}');
    expect(attempt([xs, category("y", [null, null, null])], { x: "numeric", y: "categorical!" }, needs(["binary"], 1))).toContain("data.target_all_missing");
    expect(attempt([xs, ys], { x: "numeric", y: "categorical!" }, needs(["value"], 1))).toContain("data.target_not_numeric@out");
    expect(attempt([xs, ys], { x: "numeric", y: "categorical" }, needs(["binary"], 1))).toContain("data.no_target@out");
    expect(attempt([xs, number("y", [1, 2, 3])], { x: "numeric", y: "numeric!" }, needs(["value"], 2))).toContain("data.target_width_mismatch@out");
  });

  it("features that are words, text, dates or missing", () => {
    const three = [xs, ys, category("t", ["a", "b", "b"])];
    const types = (type: string): Record<string, string> => ({ x: "numeric", y: type, t: "categorical!" });
    expect(attempt(three, types("categorical"), needs(["binary"], 1))).toBe('data.feature_not_encoded {"column":"y"}');
    expect(attempt(three, types("text"), needs(["binary"], 1))).toBe('data.text_feature {"column":"y"}');
    expect(attempt([xs, number("y", [0, 1, 2]), three[2] as Column], types("date"), needs(["binary"], 1))).toBe('data.date_not_encoded {"column":"y"}');
    expect(attempt([number("x", [1, Number.NaN, Number.NaN]), three[2] as Column], { x: "numeric", t: "categorical!" }, needs(["binary"], 1))).toBe('data.values_missing@in {"column":"x","count":2,"row":2}');
    expect(attempt([number("x", [1, 1e39, 2]), three[2] as Column], { x: "numeric", t: "categorical!" }, needs(["binary"], 1))).toBe('data.value_not_finite@in {"column":"x","row":2}');
  });

  it("steps that do not fit: unknown, for another kind, on a target without inverse, on classes, of unknown columns", () => {
    const types = { x: "numeric", y: "categorical!" };
    const two = [xs, category("y", ["a", "b", "b"])];
    const withStep = (type: string, columns: string[], more: object = {}): string => attempt(two, types, needs(["binary"], 1), [{ type, columns, ...more }]);
    expect(withStep("magic", ["x"])).toContain("data.unknown_step");
    expect(withStep("one_hot", ["x"])).toContain("data.step_wrong_column");
    expect(withStep("standardise", ["z"])).toContain("data.step_unknown_column");
    expect(withStep("standardise", ["x"], { speed: 3 })).toContain("config.unknown_field");
    expect(withStep("one_hot", ["y"])).toContain("data.target_step_on_classes@out");
    expect(attempt([xs, number("y", [1, 2, 4])], { x: "numeric", y: "numeric!" }, needs(["value"], 1), [{ type: "impute", columns: ["y"] }])).toContain("data.step_not_for_targets");
  });

  it("no rows, no features, columns that are not there and inputs of another size", () => {
    const types = { x: "numeric", y: "numeric!" };
    expect(attempt([number("x", []), number("y", [])], types, needs(["value"], 1))).toContain("data.no_rows");
    expect(attempt([number("y", [1, 2])], { y: "numeric!" }, needs(["value"], 1))).toContain("data.no_features@in");
    expect(attempt([number("q", [1, 2])], { ...types, z: "numeric" }, needs(["value"], 1))).toBe('data.column_missing {"columns":"x, y, z","count":3}');
    expect(attempt([xs, number("y", [1, 2, 3])], types, needs(["value"], 1, { shape: [2, 2] }))).toContain('data.input_size_mismatch@in {"expected":4,"shape":"2 × 2","received":1}');
  });
});

describe("applyPipeline", () => {
  const fittedOn = (rows: Table, data = MIXED, what = needs(["binary"], 1)): FittedPipeline => prepare(rows, data, what, 0).pipeline;

  it("gives the same bits as in training, also after a trip through JSON", () => {
    const { pipeline, training, validation } = prepare(table(...numbers), MIXED, needs(["binary"], 1), 0);
    const stored = JSON.parse(JSON.stringify(pipeline)) as FittedPipeline;
    const again = applyPipeline(table(...numbers), stored, needs(["binary"], 1), { withTargets: true });
    expect([...(again.inputs.in?.values ?? [])]).toEqual([...(training.inputs.in?.values ?? []), ...(validation.inputs.in?.values ?? [])]);
    expect([...(again.targets.out?.values ?? [])]).toEqual([...(training.targets.out?.values ?? []), ...(validation.targets.out?.values ?? [])]);
  });

  it("needs no target column to predict, and leaves no row out", () => {
    const part = applyPipeline(table(...numbers.slice(0, 2)), fittedOn(table(...numbers)), needs(["binary"], 1), { withTargets: false });
    expect([part.rowCount, Object.keys(part.targets).length]).toEqual([8, 0]);
  });

  it("names every column that is missing, and a class it does not know", () => {
    const pipeline = fittedOn(table(...numbers));
    expect(codeOf(() => applyPipeline(table(number("other", [1])), pipeline, needs(["binary"], 1), { withTargets: false }))).toBe('data.column_missing {"columns":"x, kind","count":2}');
    const unknown = table(numbers[0] as Column, numbers[1] as Column, number("y", [0, 1, 0, 1, 2, 1, 0, 1]));
    expect(codeOf(() => applyPipeline(unknown, pipeline, needs(["binary"], 1), { withTargets: true }))).toBe('data.unknown_class@out {"column":"y","value":"2","row":5,"known":"0, 1"}');
  });

  it("leaves rows without a target out of an evaluation", () => {
    const rows = table(numbers[0] as Column, numbers[1] as Column, number("y", [0, 1, Number.NaN, 1, 0, 1, 0, 1]));
    const part = applyPipeline(rows, fittedOn(table(...numbers)), needs(["binary"], 1), { withTargets: true });
    expect([...part.rowIds]).toEqual([0, 1, 3, 4, 5, 6, 7]);
  });
});

describe("inverseTarget", () => {
  it("undoes log1p and standardise, last first, so that values are in the target's units", () => {
    const prices = [10, 1000, 20, 755000];
    const data = design({ columns: { x: "numeric", price: "numeric!" }, steps: [{ type: "log1p", columns: ["price"] }, { type: "standardise", columns: ["price"] }] });
    const { pipeline, training } = prepare(table(number("x", [1, 2, 3, 4]), number("price", prices)), data, needs(["value"], 1), 0);
    const mean = [...(training.targets.out?.values ?? [])].reduce((sum, value) => sum + value, 0) / 4;
    expect(Math.abs(mean)).toBeLessThan(1e-6);
    inverseTarget(pipeline, "out", training.targets.out?.values ?? []).forEach((value, row) => expect(value / (prices[row] as number)).toBeCloseTo(1, 5));
    expect(() => inverseTarget(pipeline, "nowhere", [])).toThrow("data.unknown_output");
  });

  it("leaves classes as they are", () => {
    const { pipeline } = prepare(table(...numbers), MIXED, needs(["binary"], 1), 0);
    expect([...inverseTarget(pipeline, "out", [0.25, 1])]).toEqual([0.25, 1]);
  });
});

describe("layoutOf", () => {
  it("counts features, rows and classes of both parts", () => {
    expect(layoutOf(prepare(table(...numbers), MIXED, needs(["binary"], 1), 0))).toEqual({
      feature_count: 4,
      features: [
        { column: "x", width: 1, names: ["x"] },
        { column: "kind", width: 3, names: ["kind=a", "kind=b", "kind=c"] },
      ],
      class_count: 2,
      classes: ["0", "1"],
      training_rows: 6,
      validation_rows: 2,
      class_balance: [{ label: "0", training: 3, validation: 1 }, { label: "1", training: 3, validation: 1 }],
    });
  });

  it("counts classes alike however they are encoded", () => {
    for (const [encoding, width] of [["class_index", 3], ["one_hot", 3], ["sign", 3]] as const) {
      const rows = table(number("x", [1, 2, 3, 4]), category("y", ["b", "a", "c", "b"]));
      const layout = layoutOf(prepare(rows, design({ columns: { x: "numeric", y: "categorical!" } }), needs([encoding], width), 0));
      expect(layout.class_balance.map(({ label, training }) => [label, training]), encoding).toEqual([["a", 1], ["b", 2], ["c", 1]]);
    }
    const signs = prepare(table(number("x", [1, 2, 3]), category("y", ["n", "y", "y"])), design({ columns: { x: "numeric", y: "categorical!" } }), needs(["sign"], 1), 0);
    expect(layoutOf(signs).class_balance.map(({ training }) => training)).toEqual([1, 2]);
    const labels = prepare(table(number("x", [1, 2]), number("p", [0, 1]), number("q", [1, 1])), design({ columns: { x: "numeric", p: "numeric!", q: "numeric!" } }), needs(["multi_binary"], 2), 0);
    expect(layoutOf(labels).class_balance).toEqual([{ label: "p", training: 1, validation: 0 }, { label: "q", training: 2, validation: 0 }]);
  });
});
