import { describe, expect, it } from "vitest";
import type { DataDocument } from "../graph/document.ts";
import { rowMemory } from "../steps/row-memory.ts";
import type { DataNeeds } from "./data-needs.ts";
import { generate } from "./generators/generator.ts";
import { generatorNamed } from "./generators/generators.ts";
import { applyPipeline, inverseTarget, prepare } from "./prepare.ts";
import type { TargetEncoding } from "./rows.ts";
import { category, codeOf, design, MIXED, MIXED_COLUMNS, needs, number, table } from "./small-tables.test-support.ts";
import type { Column, NumberColumn } from "./table.ts";

describe("prepare", () => {
  it("makes inputs and binary targets of the four corners of xor", () => {
    const xor = generate(generatorNamed("xor"), { count: 4, noise: 0 });
    const { training, pipeline, droppedRows } = prepare(
      xor,
      design({ columns: { x1: "numeric", x2: "numeric", label: "categorical!" } }),
      needs(["binary"], 1),
      0,
    );
    expect([...(training.inputs.in?.values ?? [])]).toEqual([-1, -1, -1, 1, 1, -1, 1, 1]);
    expect(training.inputs.in?.shape).toEqual([2]);
    expect([...(training.targets.out?.values ?? [])]).toEqual([0, 1, 1, 0]);
    expect(pipeline.targets.out).toEqual({ columns: ["label"], encoding: "binary", classes: ["a", "b"] });
    expect(droppedRows).toBe(0);
  });

  it("learns from the training rows only: changing a validation row changes no fitted number", () => {
    const changed = [
      number("x", [1, 2, 3, 4, 5, 6, 700, -80]),
      category("kind", ["b", "a", "b", "c", "a", "b", "other", "a"]),
      number("y", [0, 1, 0, 1, 0, 1, 1, 0]),
    ];
    const first = prepare(table(...MIXED_COLUMNS), MIXED, needs(["binary"], 1), 0);
    const second = prepare(table(...changed), MIXED, needs(["binary"], 1), 0);
    expect(second.pipeline).toEqual(first.pipeline);
    expect(second.training).toEqual(first.training);
    expect(second.validation.inputs).not.toEqual(first.validation.inputs);
    expect(first.pipeline.features.flatMap(({ names }) => names)).toEqual(["x", "kind=a", "kind=b", "kind=c"]);
    const fitted = first.pipeline.steps[1]?.fitted as { x: { mean: number } };
    expect(fitted.x.mean).toBe(3.5);
  });

  it("gives a category that training did not have all zeros", () => {
    const { validation } = prepare(table(...MIXED_COLUMNS), MIXED, needs(["binary"], 1), 0);
    expect([...(validation.inputs.in?.values ?? [])].slice(5, 8)).toEqual([0, 0, 0]);
  });

  it("puts the columns in the order of the design, each column's numbers together, and gives nodes the columns they ask for", () => {
    const data = design({
      columns: { when: "date", kind: "categorical", x: "numeric", y: "numeric!" },
      steps: [
        { type: "one_hot", columns: ["kind"] },
        { type: "date_parts", columns: ["when"], year: true, month: true, day: false, weekday: false },
      ],
    });
    const rows = table(number("y", [0, 1]), number("x", [7, 8]), category("kind", ["q", "p"]), number("when", [0, 1e12]));
    const { training, pipeline } = prepare(
      rows,
      data,
      {
        ...needs(["binary"], 1),
        inputs: [
          { nodeId: "all", columns: [], shape: [5, 1] },
          { nodeId: "some", columns: ["x", "kind"], shape: null },
        ],
      },
      0,
    );
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
    const { training, droppedRows } = prepare(
      table(number("x", [1, 2, 3]), category("y", ["a", null, "b"])),
      design({ columns: { x: "numeric", y: "categorical!" } }),
      needs(["binary"], 1),
      0,
    );
    expect([droppedRows, ...training.rowIds]).toEqual([1, 0, 2]);
    expect([...(training.inputs.in?.values ?? [])]).toEqual([1, 3]);
  });

  it("gives the same rows for the same seed, and other rows to validation for another", () => {
    const data = design({ columns: { x: "numeric", y: "numeric!" }, split: { method: "random" } });
    const rows = table(
      number(
        "x",
        Array.from({ length: 40 }, (_, row) => row),
      ),
      number(
        "y",
        Array.from({ length: 40 }, (_, row) => row % 7),
      ),
    );
    const held = (seed: number): string => prepare(rows, data, needs(["value"], 1), seed).validation.rowIds.join();
    expect(held(1)).toBe(held(1));
    expect(held(1)).not.toBe(held(2));
  });
});

describe("encodings of the target", () => {
  const encoded = (
    columns: Column[],
    types: Record<string, string>,
    encodings: TargetEncoding[],
    width: number,
  ): [string, string[], number[], number[]] => {
    const { pipeline, training } = prepare(
      table(number("x", [1, 2, 3]), ...columns),
      design({ columns: { x: "numeric", ...types } }),
      needs(encodings, width),
      0,
    );
    const layout = pipeline.targets.out;
    return [
      layout?.encoding ?? "",
      [...(layout?.classes ?? [])],
      [...(training.targets.out?.values ?? [])],
      [...(training.targets.out?.shape ?? [])],
    ];
  };
  const words = category("y", ["b", "a", "c"]);

  it("are the first the loss takes that fits: numbers as they are, classes by index, one-hot, sign", () => {
    expect(encoded([number("y", [5, 6, 8])], { y: "numeric!" }, ["value", "one_hot"], 1)).toEqual(["value", [], [5, 6, 8], [1]]);
    expect(encoded([number("y", [5, 6, 8])], { y: "numeric!" }, ["value", "one_hot"], 3)).toEqual([
      "one_hot",
      ["5", "6", "8"],
      [1, 0, 0, 0, 1, 0, 0, 0, 1],
      [3],
    ]);
    expect(encoded([words], { y: "categorical!" }, ["class_index", "one_hot"], 3)).toEqual([
      "class_index",
      ["a", "b", "c"],
      [1, 0, 2],
      [1],
    ]);
    expect(encoded([words], { y: "categorical!" }, ["binary", "one_hot"], 3)).toEqual([
      "one_hot",
      ["a", "b", "c"],
      [0, 1, 0, 1, 0, 0, 0, 0, 1],
      [3],
    ]);
    expect(encoded([category("y", ["no", "yes", "no"])], { y: "categorical!" }, ["sign"], 1)).toEqual([
      "sign",
      ["no", "yes"],
      [-1, 1, -1],
      [1],
    ]);
    expect(encoded([words], { y: "categorical!" }, ["sign"], 3)).toEqual(["sign", ["a", "b", "c"], [-1, 1, -1, 1, -1, -1, -1, -1, 1], [3]]);
  });

  it("order numeric classes by value and take several 0/1 columns as labels of their own", () => {
    expect(encoded([category("y", ["10", "9", "1"])], { y: "categorical!" }, ["class_index"], 3)[1]).toEqual(["1", "9", "10"]);
    const labels = [number("p", [0, 1, 1]), number("q", [1, 1, 0])];
    expect(encoded(labels, { p: "numeric!", q: "numeric!" }, ["binary", "multi_binary"], 2)).toEqual([
      "multi_binary",
      ["0", "1"],
      [0, 1, 1, 1, 1, 0],
      [2],
    ]);
  });

  it("take the values of an input where the target is the input", () => {
    const autoencoder: DataNeeds = {
      inputs: [{ nodeId: "in", columns: [], shape: null }],
      outputs: [{ nodeId: "out", columns: [], targetInput: "in", encodings: ["value"], width: 2 }],
    };
    const data = design({
      columns: { x1: "numeric", x2: "numeric", label: "categorical-" },
      steps: [{ type: "standardise", columns: ["x1", "x2"] }],
    });
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
    expect(attempt([xs, ys], { x: "numeric", y: "categorical!" }, needs(["class_index"], 4))).toBe(
      'data.class_count_mismatch@out {"column":"y","classes":3,"width":4}',
    );
    expect(attempt([xs, ys], { x: "numeric", y: "categorical!" }, needs(["binary"], 1))).toBe(
      'data.class_count_mismatch@out {"column":"y","classes":3,"width":1}',
    );
  });

  it("a quantity taken for classes, before memory for a mark a class and row is taken", () => {
    const rows = 100_000;
    const quantity = { kind: "number", name: "price", values: Float64Array.from({ length: rows }, (_, row) => row % 10_000) } as const;
    const features = { kind: "number", name: "x", values: new Float64Array(rows) } as const;
    expect(attempt([features, quantity], { x: "numeric", price: "numeric!" }, needs(["one_hot"], 0))).toMatch(
      /^data\.target_classes_too_large@out .*"column":"price","classes":10000,"rows":\d+,"megabytes":\d+/,
    );
    expect(codeOf(() => rowMemory(1_000_000, 2_000, "review"))).toContain(
      'data.rows_too_large {"column":"review","rows":1000000,"width":2000,"megabytes":7630}',
    );
  });

  it("a target of one value, none at all, dates, or words for a loss of numbers", () => {
    expect(attempt([xs, category("y", ["a", "a", "a"])], { x: "numeric", y: "categorical!" }, needs(["binary"], 1))).toContain(
      "data.target_one_value@out",
    );
    expect(attempt([xs, number("y", [2, 2, 2])], { x: "numeric", y: "numeric!" }, needs(["value"], 1))).toContain(
      'data.target_one_value@out {"column":"y","value":"2"}',
    );
    expect(attempt([xs, category("y", [null, null, null])], { x: "numeric", y: "categorical!" }, needs(["binary"], 1))).toContain(
      "data.target_all_missing",
    );
    expect(attempt([xs, ys], { x: "numeric", y: "categorical!" }, needs(["value"], 1))).toContain("data.target_not_numeric@out");
    expect(attempt([xs, ys], { x: "numeric", y: "categorical" }, needs(["binary"], 1))).toContain("data.no_target@out");
    expect(attempt([xs, number("y", [1e12, 2e12, 3e12])], { x: "numeric", y: "date!" }, needs(["class_index"], 0))).toBe(
      'data.target_is_date@out {"column":"y"}',
    );
    expect(attempt([xs, number("y", [1, 2, 3])], { x: "numeric", y: "numeric!" }, needs(["value"], 2))).toContain(
      "data.target_width_mismatch@out",
    );
  });

  it("features that are words, text, dates or missing", () => {
    const three = [xs, ys, category("t", ["a", "b", "b"])];
    const types = (type: string): Record<string, string> => ({ x: "numeric", y: type, t: "categorical!" });
    expect(attempt(three, types("categorical"), needs(["binary"], 1))).toBe('data.feature_not_encoded {"column":"y"}');
    const textual: Column = { kind: "text", name: "y", values: ["a", "b c", null] };
    expect(attempt([xs, textual, three[2] as Column], types("text"), needs(["binary"], 1))).toBe('data.text_not_encoded {"column":"y"}');
    expect(attempt([xs, number("y", [0, 1, 2]), three[2] as Column], types("date"), needs(["binary"], 1))).toBe(
      'data.date_not_encoded {"column":"y"}',
    );
    expect(
      attempt([number("x", [1, Number.NaN, Number.NaN]), three[2] as Column], { x: "numeric", t: "categorical!" }, needs(["binary"], 1)),
    ).toBe('data.values_missing@in {"column":"x","count":2,"row":2}');
    expect(attempt([number("x", [1, 1e39, 2]), three[2] as Column], { x: "numeric", t: "categorical!" }, needs(["binary"], 1))).toBe(
      'data.value_not_finite@in {"column":"x","row":2}',
    );
  });

  it("a value that a step cannot take, by its row in the table, whichever part it is in and whatever was left out", () => {
    const data = design({
      columns: { x: "numeric", y: "numeric!" },
      steps: [{ type: "log1p", columns: ["x"] }],
      split: { method: "random", test_fraction: 0.25 },
    });
    const rows = 12;
    for (let bad = 1; bad < rows; bad += 1) {
      const x = number(
        "x",
        Array.from({ length: rows }, (_, row) => (row === bad ? -5 : row)),
      );
      const y = number(
        "y",
        Array.from({ length: rows }, (_, row) => (row === 0 ? Number.NaN : row % 5)),
      );
      const said = codeOf(() => prepare(table(x, y), data, needs(["value"], 1), 3));
      expect(said).toBe(`data.log1p_out_of_range {"column":"x","value":-5,"row":${bad + 1}}`);
    }
    const { pipeline } = prepare(
      table(number("x", [1, 2, 3, 4, 5, 6, 7, 8]), number("y", [1, 2, 3, 4, 5, 6, 7, 8])),
      data,
      needs(["value"], 1),
      3,
    );
    const later = table(number("x", [1, 2, -5]), number("y", [Number.NaN, 1, 2]));
    const withTargets = (asked: boolean): string =>
      codeOf(() => applyPipeline(later, pipeline, needs(["value"], 1), { withTargets: asked }));
    for (const asked of [true, false]) expect(withTargets(asked)).toContain('"row":3');
  });

  it("steps that do not fit: unknown, for another kind, on a target without inverse, on classes, of unknown columns", () => {
    const types = { x: "numeric", y: "categorical!" };
    const two = [xs, category("y", ["a", "b", "b"])];
    const withStep = (type: string, columns: string[], more: object = {}): string =>
      attempt(two, types, needs(["binary"], 1), [{ type, columns, ...more }]);
    expect(withStep("magic", ["x"])).toContain("data.unknown_step");
    expect(withStep("one_hot", ["x"])).toContain("data.step_wrong_column");
    expect(withStep("standardise", ["z"])).toContain("data.step_unknown_column");
    expect(withStep("standardise", ["x"], { speed: 3 })).toContain("config.unknown_field");
    expect(withStep("one_hot", ["y"])).toContain("data.target_step_on_classes@out");
    expect(
      attempt([xs, number("y", [1, 2, 4])], { x: "numeric", y: "numeric!" }, needs(["value"], 1), [{ type: "impute", columns: ["y"] }]),
    ).toContain("data.step_not_for_targets");
  });

  it("no rows, no features, columns that are not there and inputs of another size", () => {
    const types = { x: "numeric", y: "numeric!" };
    expect(attempt([number("x", []), number("y", [])], types, needs(["value"], 1))).toContain("data.no_rows");
    expect(attempt([number("y", [1, 2])], { y: "numeric!" }, needs(["value"], 1))).toContain("data.no_features@in");
    expect(attempt([number("q", [1, 2])], { ...types, z: "numeric" }, needs(["value"], 1))).toBe(
      'data.column_missing {"columns":"x, y, z","count":3}',
    );
    expect(attempt([xs, number("y", [1, 2, 3])], types, needs(["value"], 1, { shape: [2, 2] }))).toContain(
      'data.input_size_mismatch@in {"expected":4,"shape":"2 × 2","received":1}',
    );
  });
});
