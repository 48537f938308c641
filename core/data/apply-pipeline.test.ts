/** What is done with a fitted preparation: other rows, the way back to the target's units, figures for people. */
import { describe, expect, it } from "vitest";
import { layoutOf } from "./layout.ts";
import { applyPipeline, inverseTarget, prepare } from "./prepare.ts";
import type { FittedPipeline } from "./prepared.ts";
import { category, codeOf, design, MIXED, MIXED_COLUMNS, needs, number, table } from "./small-tables.test-support.ts";
import type { Column, Table } from "./table.ts";

describe("applyPipeline", () => {
  const fittedOn = (rows: Table, data = MIXED, what = needs(["binary"], 1)): FittedPipeline => prepare(rows, data, what, 0).pipeline;

  it("gives the same bits as in training, also after a trip through JSON", () => {
    const { pipeline, training, validation } = prepare(table(...MIXED_COLUMNS), MIXED, needs(["binary"], 1), 0);
    const stored = JSON.parse(JSON.stringify(pipeline)) as FittedPipeline;
    const again = applyPipeline(table(...MIXED_COLUMNS), stored, needs(["binary"], 1), { withTargets: true });
    expect([...(again.inputs.in?.values ?? [])]).toEqual([...(training.inputs.in?.values ?? []), ...(validation.inputs.in?.values ?? [])]);
    expect([...(again.targets.out?.values ?? [])]).toEqual([
      ...(training.targets.out?.values ?? []),
      ...(validation.targets.out?.values ?? []),
    ]);
  });

  it("needs no target column to predict, and leaves no row out", () => {
    const part = applyPipeline(table(...MIXED_COLUMNS.slice(0, 2)), fittedOn(table(...MIXED_COLUMNS)), needs(["binary"], 1), {
      withTargets: false,
    });
    expect([part.rowCount, Object.keys(part.targets).length]).toEqual([8, 0]);
  });

  it("names every column that is missing, and a class it does not know", () => {
    const pipeline = fittedOn(table(...MIXED_COLUMNS));
    expect(codeOf(() => applyPipeline(table(number("other", [1])), pipeline, needs(["binary"], 1), { withTargets: false }))).toBe(
      'data.column_missing {"columns":"x, kind","count":2}',
    );
    const unknown = table(MIXED_COLUMNS[0] as Column, MIXED_COLUMNS[1] as Column, number("y", [0, 1, 0, 1, 2, 1, 0, 1]));
    expect(codeOf(() => applyPipeline(unknown, pipeline, needs(["binary"], 1), { withTargets: true }))).toBe(
      'data.unknown_class@out {"column":"y","value":"2","row":5,"known":"0, 1"}',
    );
  });

  it("leaves rows without a target out of an evaluation", () => {
    const rows = table(MIXED_COLUMNS[0] as Column, MIXED_COLUMNS[1] as Column, number("y", [0, 1, Number.NaN, 1, 0, 1, 0, 1]));
    const part = applyPipeline(rows, fittedOn(table(...MIXED_COLUMNS)), needs(["binary"], 1), { withTargets: true });
    expect([...part.rowIds]).toEqual([0, 1, 3, 4, 5, 6, 7]);
  });
});

describe("columns that steps give one name", () => {
  const rows = table(
    number("a", [1, 2, 3, 4]),
    number("b", [1, 2, 3, 5]),
    number("c", [100, 250, 300, 400]),
    number("d", [1, 2, 1, 2]),
    number("component 1", [7, 8, 9, 10]),
    number("y", [0, 1, 2, 3]),
  );
  const data = design({
    columns: { "component 1": "numeric!", a: "numeric", b: "numeric", c: "numeric", d: "numeric", y: "numeric-" },
    steps: [
      { type: "principal_components", columns: ["a", "b"], components: 1 },
      { type: "principal_components", columns: ["c", "d"], components: 1 },
      { type: "standardise", columns: ["component 1", "a", "c"] },
    ],
  });

  it("are each scaled by their own mean and deviation, in training and in prediction", () => {
    const { training, pipeline } = prepare(rows, data, needs(["value"], 1), 0);
    const values = [...(training.inputs.in?.values ?? [])];
    for (const place of [0, 1]) {
      const own = values.filter((_, i) => i % 2 === place);
      expect(own.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 5);
      expect(own.reduce((sum, value) => sum + value * value, 0) / 4).toBeCloseTo(1, 5);
    }
    const stored = JSON.parse(JSON.stringify(pipeline)) as FittedPipeline;
    expect([...(applyPipeline(rows, stored, needs(["value"], 1), { withTargets: false }).inputs.in?.values ?? [])]).toEqual(values);
    expect([...inverseTarget(stored, "out", training.targets.out?.values ?? [])].map(Math.round)).toEqual([7, 8, 9, 10]);
  });

  it("go on as they were in a model that learnt by name alone", () => {
    const { pipeline } = prepare(rows, data, needs(["value"], 1), 0);
    const steps = pipeline.steps.map((one) =>
      one.step.type === "standardise" ? { ...one, fitted: { "component 1": { mean: 10, scale: 2 } } } : one,
    );
    const before = applyPipeline(rows, { ...pipeline, steps: steps.slice(0, 2) }, needs(["value"], 1), { withTargets: false });
    const { inputs } = applyPipeline(rows, { ...pipeline, steps }, needs(["value"], 1), { withTargets: false });
    inputs.in?.values.forEach((value, place) => expect(value).toBeCloseTo(((before.inputs.in?.values[place] as number) - 10) / 2, 4));
  });
});

describe("a target encoder", () => {
  const encoder = { type: "target_encoder", columns: ["kind"], smooth: 0 };
  const rows = (count: number) =>
    table(
      category(
        "kind",
        Array.from({ length: count }, () => "a"),
      ),
      number(
        "y",
        Array.from({ length: count }, (_, row) => 2 ** row),
      ),
    );
  const bagged = design({ columns: { kind: "categorical", y: "numeric!" }, steps: [encoder], split: { bag: 1 } });

  it("shows a row that a bag holds more than once none of its own target", () => {
    const { training } = prepare(rows(8), { ...bagged, steps: [{ ...encoder, folds: 8 }] }, needs(["value"], 1), 0);
    const ids = [...training.rowIds];
    expect(new Set(ids).size).toBeLessThan(8);
    ids.forEach((id, place) => {
      const others = ids.filter((other) => other !== id);
      const mean = others.reduce((sum, other) => sum + 2 ** other, 0) / others.length;
      expect(training.inputs.in?.values[place]).toBeCloseTo(mean, 4);
    });
  });

  it("needs two rows, since one would be encoded by nothing", () => {
    const alone = { ...bagged, split: { method: "none", validation_fraction: 0.5, seed: null } as const };
    const halved = { ...alone, split: { ...alone.split, method: "time" } as const };
    expect(codeOf(() => prepare(rows(2), halved, needs(["value"], 1), 0))).toContain("data.too_few_rows_for_folds");
    expect(prepare(rows(2), alone, needs(["value"], 1), 0).training.inputs.in?.values).toEqual(Float32Array.of(2, 1));
  });
});

describe("inverseTarget", () => {
  it("undoes log1p and standardise, last first, so that values are in the target's units", () => {
    const prices = [10, 1000, 20, 755000];
    const data = design({
      columns: { x: "numeric", price: "numeric!" },
      steps: [
        { type: "log1p", columns: ["price"] },
        { type: "standardise", columns: ["price"] },
      ],
    });
    const { pipeline, training } = prepare(table(number("x", [1, 2, 3, 4]), number("price", prices)), data, needs(["value"], 1), 0);
    const mean = [...(training.targets.out?.values ?? [])].reduce((sum, value) => sum + value, 0) / 4;
    expect(Math.abs(mean)).toBeLessThan(1e-6);
    inverseTarget(pipeline, "out", training.targets.out?.values ?? []).forEach((value, row) =>
      expect(value / (prices[row] as number)).toBeCloseTo(1, 5),
    );
    expect(() => inverseTarget(pipeline, "nowhere", [])).toThrow("data.unknown_output");
  });

  it("leaves classes as they are", () => {
    const { pipeline } = prepare(table(...MIXED_COLUMNS), MIXED, needs(["binary"], 1), 0);
    expect([...inverseTarget(pipeline, "out", [0.25, 1])]).toEqual([0.25, 1]);
  });
});

describe("layoutOf", () => {
  it("counts features, rows and classes of both parts", () => {
    expect(layoutOf(prepare(table(...MIXED_COLUMNS), MIXED, needs(["binary"], 1), 0))).toEqual({
      feature_count: 4,
      features: [
        { column: "x", width: 1, names: ["x"] },
        { column: "kind", width: 3, names: ["kind=a", "kind=b", "kind=c"] },
      ],
      class_count: 2,
      classes: ["0", "1"],
      training_rows: 6,
      validation_rows: 2,
      class_balance: [
        { label: "0", training: 3, validation: 1 },
        { label: "1", training: 3, validation: 1 },
      ],
    });
  });

  it("counts classes alike however they are encoded", () => {
    for (const [encoding, width] of [
      ["class_index", 3],
      ["one_hot", 3],
      ["sign", 3],
    ] as const) {
      const rows = table(number("x", [1, 2, 3, 4]), category("y", ["b", "a", "c", "b"]));
      const layout = layoutOf(prepare(rows, design({ columns: { x: "numeric", y: "categorical!" } }), needs([encoding], width), 0));
      expect(
        layout.class_balance.map(({ label, training }) => [label, training]),
        encoding,
      ).toEqual([
        ["a", 1],
        ["b", 2],
        ["c", 1],
      ]);
    }
    const signs = prepare(
      table(number("x", [1, 2, 3]), category("y", ["n", "y", "y"])),
      design({ columns: { x: "numeric", y: "categorical!" } }),
      needs(["sign"], 1),
      0,
    );
    expect(layoutOf(signs).class_balance.map(({ training }) => training)).toEqual([1, 2]);
    const labels = prepare(
      table(number("x", [1, 2]), number("p", [0, 1]), number("q", [1, 1])),
      design({ columns: { x: "numeric", p: "numeric!", q: "numeric!" } }),
      needs(["multi_binary"], 2),
      0,
    );
    expect(layoutOf(labels).class_balance).toEqual([
      { label: "p", training: 1, validation: 0 },
      { label: "q", training: 2, validation: 0 },
    ]);
  });
});
