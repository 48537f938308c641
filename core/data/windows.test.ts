/** Windows of a series worked out by hand: what comes in, what it is compared with, and what is left out. */
import { describe, expect, it } from "vitest";
import type { DataDocument } from "../graph/document.ts";
import type { DataNeeds } from "./data-needs.ts";
import { applyPipeline, prepare } from "./prepare.ts";
import { codeOf, number, table } from "./small-tables.test-support.ts";
import { columnsToRead } from "./windows.ts";

const data = (window: Partial<NonNullable<DataDocument["window"]>> = {}, steps: DataDocument["steps"] = []): DataDocument => ({
  source: { kind: "file", name: "series.csv" },
  columns: [
    { name: "day", type: "numeric", role: "ignored" },
    { name: "y", type: "numeric", role: "target" },
  ],
  steps,
  split: { method: "time", validation_fraction: 0.3, seed: null },
  window: { columns: ["y"], length: 3, horizon: 1, order_by: null, ...window },
  feature_count: null,
  class_count: null,
});
const needs: DataNeeds = {
  inputs: [{ nodeId: "in", columns: [], shape: null }],
  outputs: [{ nodeId: "out", columns: [], targetInput: null, encodings: ["value"], width: 1 }],
};
const series = table(number("y", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
const rows = (part: { inputs: Record<string, { values: Float32Array }>; targets: Record<string, { values: Float32Array }> }) => [
  [...(part.inputs["in"]?.values ?? [])],
  [...(part.targets["out"]?.values ?? [])],
];

describe("windows", () => {
  it("hold the values before each row, and leave out rows that have too few", () => {
    const { training, validation, pipeline } = prepare(series, data(), needs, 0);
    expect(training.inputs["in"]?.shape).toEqual([3, 1]);
    expect(rows(training as never)).toEqual([
      [1, 2, 3, 2, 3, 4, 3, 4, 5, 4, 5, 6],
      [4, 5, 6, 7],
    ]);
    expect([...training.rowIds]).toEqual([3, 4, 5, 6]);
    expect(pipeline.features).toEqual([{ column: "window", width: 3, names: ["y −3", "y −2", "y −1"], shape: [3, 1] }]);
    // The first rows that are held out reach back into those that are not.
    expect(rows(validation as never)).toEqual([
      [5, 6, 7, 6, 7, 8, 7, 8, 9],
      [8, 9, 10],
    ]);
  });

  it("come beside what other inputs know of the predicted row itself, in training and in prediction", () => {
    const known = table(number("y", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), number("z", [10, 20, 30, 40, 50, 60, 70, 80, 90, 100]));
    const document = { ...data(), columns: [...data().columns, { name: "z", type: "numeric", role: "feature" } as const] };
    const two = { ...needs, inputs: [...needs.inputs, { nodeId: "now", columns: ["z"], shape: null }] };
    const { training, validation, pipeline } = prepare(known, document, two, 0);
    expect([...(training.inputs["now"]?.values ?? [])]).toEqual([40, 50, 60, 70]);
    expect([...(validation.inputs["now"]?.values ?? [])]).toEqual([80, 90, 100]);
    const again = applyPipeline(known, pipeline, two, { withTargets: false });
    expect([...(again.inputs["now"]?.values ?? [])]).toEqual([40, 50, 60, 70, 80, 90, 100]);
  });

  it("of the rows that test reach into all rows before them, those that a fold leaves unused too", () => {
    const twelve = table(number("y", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]));
    const split = { method: "time", validation_fraction: 0.2, test_fraction: 1 / 12, folds: 2, fold: 0, seed: null } as const;
    const document = { ...data({ length: 2, horizon: 2 }), split };
    const first = prepare(twelve, document, needs, 0);
    expect([[...first.validation.rowIds], [...(first.test?.rowIds ?? [])]]).toEqual([[5, 6, 7], [11]]);
    expect(rows(first.test as never)).toEqual([[9, 10], [12]]);
    const fill = { ...document, window: { ...data({ length: 2, horizon: 2 }).window, fill: { method: "previous" } } as never };
    const gap = table(number("y", [1, 2, 3, 4, 5, 6, 7, 8, 9, Number.NaN, 11, 12]));
    expect(rows(prepare(gap, fill, needs, 0).test as never)).toEqual([[9, 9], [12]]);
  });

  it("need no rows that are held out", () => {
    const whole = { ...data(), split: { method: "none", validation_fraction: 0.2, seed: null } as const };
    const { training, validation } = prepare(series, whole, needs, 0);
    expect([training.rowCount, validation.rowCount]).toEqual([7, 0]);
    expect(validation.inputs["in"]?.shape).toEqual([3, 1]);
  });

  it("end as many rows before the predicted one as the horizon says", () => {
    const { training } = prepare(series, data({ length: 2, horizon: 3 }), needs, 0);
    expect(rows(training as never)).toEqual([
      [1, 2, 2, 3, 3, 4],
      [5, 6, 7],
    ]);
  });

  it("take several columns side by side, at every step", () => {
    const two = table(number("y", [1, 2, 3, 4, 5, 6]), number("z", [10, 20, 30, 40, 50, 60]));
    const document = { ...data({ columns: ["y", "z"], length: 2 }) };
    document.columns = [...document.columns, { name: "z", type: "numeric", role: "feature" }];
    const { training } = prepare(two, document, needs, 0);
    expect(training.inputs["in"]?.shape).toEqual([2, 2]);
    expect(rows(training as never)[0]?.slice(0, 4)).toEqual([1, 10, 2, 20]);
  });

  it("are of values after the steps, learnt from the training rows", () => {
    const { training } = prepare(series, data({}, [{ type: "min_max", columns: ["y"], lower: 0, upper: 1 }]), needs, 0);
    expect(rows(training as never)[0]?.slice(0, 3)).toEqual([0, 1 / 6, 2 / 6].map(Math.fround));
  });

  it("follow the order of time, not of the file", () => {
    const mixed = table(number("day", [3, 1, 2, 5, 4, 6, 7, 8, 9, 10]), number("y", [3, 1, 2, 5, 4, 6, 7, 8, 9, 10]));
    const { training } = prepare(mixed, data({ order_by: "day" }), needs, 0);
    expect(rows(training as never)[1]).toEqual([4, 5, 6, 7]);
    expect([...training.rowIds]).toEqual([4, 3, 5, 6]);
    expect(columnsToRead(data({ order_by: "day" }))[0]?.role).toBe("feature");
  });

  it("are made of new rows as they were made in training", () => {
    const { pipeline } = prepare(series, data({}, [{ type: "standardise", columns: ["y"] }]), needs, 0);
    const stored = JSON.parse(JSON.stringify(pipeline)) as typeof pipeline;
    const part = applyPipeline(series, stored, needs, { withTargets: false });
    expect([part.rowCount, [...part.rowIds]]).toEqual([7, [3, 4, 5, 6, 7, 8, 9]]);
    const { training } = prepare(series, data({}, [{ type: "standardise", columns: ["y"] }]), needs, 0);
    expect([...(part.inputs["in"]?.values.slice(0, 12) ?? [])]).toEqual([...(training.inputs["in"]?.values ?? [])]);
  });
});

describe("rows left out by hand from the middle of a series", () => {
  // Two values that nobody would mistake.
  const values = Array.from({ length: 20 }, (_, row) => (row === 5 || row === 14 ? 1000 : row));
  const choices = { row_choices: { fingerprint: "f", excluded: [5, 14], relabelled: [] } };
  const split = { method: "time", validation_fraction: 0.25, seed: null } as const;

  it("are neither learnt from nor predicted, windows that hold one are dropped and counted, and no other moves", () => {
    const { training, validation, droppedWindows } = prepare(table(number("y", values)), { ...data(), ...choices, split }, needs, 0);
    expect([...training.rowIds]).toEqual([3, 4, 9, 10, 11, 12, 13]);
    expect([...validation.rowIds]).toEqual([18, 19]);
    // Rows 6, 7, 8 and 15, 16, 17.
    expect(droppedWindows).toBe(6);
    const whole = prepare(table(number("y", values)), { ...data(), split }, needs, 0);
    for (const [part, all] of [
      [training, whole.training],
      [validation, whole.validation],
    ] as const)
      part.rowIds.forEach((id, row) => {
        const place = all.rowIds.indexOf(id);
        expect(part.inputs["in"]?.values.slice(3 * row, 3 * row + 3)).toEqual(all.inputs["in"]?.values.slice(3 * place, 3 * place + 3));
        expect(part.targets["out"]?.values[row]).toBe(id);
      });
  });

  it("teach the steps nothing, and fill no gap", () => {
    const scaled = data({}, [{ type: "min_max", columns: ["y"], lower: 0, upper: 1 }]);
    const { training } = prepare(table(number("y", values)), { ...scaled, ...choices, split }, needs, 0);
    // From 0 to 13: the rows of the training part that are left.
    expect(rows(training as never)[0]?.slice(0, 3)).toEqual([0, 1 / 13, 2 / 13].map(Math.fround));
    const missing = values.map((value, row) => (row === 9 ? Number.NaN : value));
    const filling = data({ length: 3, fill: { method: "previous" } });
    const filled = prepare(table(number("y", missing)), { ...filling, ...choices, split }, needs, 0);
    expect([...filled.training.rowIds]).toEqual([3, 4, 10, 11, 12, 13]);
    const [inputs = []] = rows(filled.training as never);
    expect(inputs.slice(6, 9)).toEqual([7, 8, 8]);
    expect(inputs).not.toContain(1000);
  });
});

describe("gaps of windows", () => {
  const holes = table(number("y", [1, 2, Number.NaN, 4, 5, Number.NaN, 7, 8, 9, 10]));
  const filled = (fill: NonNullable<DataDocument["window"]>["fill"] & object, steps: DataDocument["steps"] = []) => data({ fill }, steps);

  it("are filled with a value in the units of the table, as the steps make it", () => {
    const { training, pipeline } = prepare(
      holes,
      filled({ method: "constant", value: 3 }, [{ type: "min_max", columns: ["y"], lower: 0, upper: 1 }]),
      needs,
      0,
    );
    expect(rows(training as never)[0]?.slice(0, 3)).toEqual([0, 1 / 6, 2 / 6].map(Math.fround));
    expect(pipeline.window_fill?.values[0]).toBeCloseTo(2 / 6, 12);
  });

  it("leave out rows whose target is missing, and count what is filled", () => {
    const { training, validation, filledGaps } = prepare(holes, filled({ method: "previous" }), needs, 0);
    expect([[...training.rowIds], [...validation.rowIds]]).toEqual([
      [3, 4, 6],
      [7, 8, 9],
    ]);
    expect(rows(training as never)).toEqual([
      [1, 2, 2, 2, 2, 4, 4, 5, 5],
      [4, 5, 7],
    ]);
    expect(filledGaps).toEqual({ rows: 0, values: 2 });
  });

  it("that a step has filled before are filled anew", () => {
    const two = table(number("y", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), number("z", [1, Number.NaN, 3, 4, 5, 6, 7, 8, 9, 10]));
    const base = filled({ method: "linear" }, [{ type: "impute", columns: ["z"], strategy: "constant", value: 0 }]);
    const document = { ...base, columns: [...base.columns, { name: "z", type: "numeric" as const, role: "feature" as const }] };
    const { training } = prepare(two, { ...document, window: { ...(base.window as never as object), columns: ["z"] } as never }, needs, 0);
    expect(rows(training as never)[0]?.slice(0, 3)).toEqual([1, 2, 3]);
  });

  it("are refused where a date is so far away that it must be wrong, and where nothing is known", () => {
    const far = table(number("day", [1, 2, 3, 4, 5, 6, 7, 8, 9, 1e7]), number("y", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
    const document = data({ order_by: "day", fill: { method: "previous" } });
    expect(codeOf(() => prepare(far, document, needs, 0))).toBe('data.window_gap_too_long {"row":10,"places":9999990,"rows":10}');
    const never = table(
      number(
        "y",
        Array.from({ length: 10 }, () => Number.NaN),
      ),
    );
    expect(codeOf(() => prepare(never, filled({ method: "previous" }), needs, 0))).toContain("data.");
  });
});

describe("windows are refused", () => {
  const refusal = (act: () => unknown): string => {
    try {
      act();
      return "prepared";
    } catch (thrown) {
      return (thrown as { code: string }).code;
    }
  };
  it("where rows are held out by chance", () => {
    const random = { ...data(), split: { method: "random" as const, validation_fraction: 0.3, seed: null } };
    expect(refusal(() => prepare(series, random, needs, 0))).toBe("data.window_needs_time_split");
  });
  it("where they are longer than the series", () => {
    expect(refusal(() => prepare(series, data({ length: 50 }), needs, 0))).toBe("data.window_too_long");
  });
  it("where a value is missing in the middle", () => {
    const gap = table(number("y", [1, 2, Number.NaN, 4, 5, 6, 7, 8, 9, 10]));
    expect(refusal(() => prepare(gap, data(), needs, 0))).toBe("data.window_value_missing");
    // Named by its row in the file, not by its place in time.
    const day = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1];
    const mixed = table(number("day", day), number("y", [10, 9, 8, 7, 6, 5, 4, Number.NaN, 2, 1]));
    const said = 'data.window_value_missing {"column":"y","row":8}';
    expect(codeOf(() => prepare(mixed, data({ order_by: "day" }), needs, 0))).toBe(said);
    const { pipeline } = prepare(table(number("day", day), number("y", day)), data({ order_by: "day" }), needs, 0);
    expect(codeOf(() => applyPipeline(mixed, pipeline, needs, { withTargets: false }))).toBe(said);
  });
  it("where a row has no time, which would put the others in a wrong order; a model that is asked leaves it out and counts it", () => {
    const day = [10, 9, 8, 7, 6, Number.NaN, 4, 3, 2, 1];
    const undated = table(number("day", day), number("y", day.map(Number)));
    const said = 'data.window_time_missing {"column":"day","row":6}';
    expect(codeOf(() => prepare(undated, data({ order_by: "day" }), needs, 0))).toBe(said);
    const kept = { ...data({ order_by: "day" }), filter: "day is not missing" };
    const { training } = prepare(undated, kept, needs, 0);
    expect(rows(training as never)[1]).toEqual([4, 6, 7]);
    const { pipeline } = prepare(series, { ...data(), window: { ...data().window, order_by: "y" } as never }, needs, 0);
    const asked = { ...pipeline, window: { ...pipeline.window, order_by: "day" } as never };
    const part = applyPipeline(undated, asked, needs, { withTargets: false });
    const dated = table(number("day", day.filter(Number.isFinite)), number("y", day.filter(Number.isFinite)));
    const plain = applyPipeline(dated, asked, needs, { withTargets: false });
    expect([part.undatedRows, plain.undatedRows, part.rowCount]).toEqual([1, undefined, plain.rowCount]);
    expect(part.inputs.in?.values).toEqual(plain.inputs.in?.values);
    // Rows are called by their numbers in the file.
    expect([...part.rowIds]).toEqual([...plain.rowIds].map((row) => (row >= 5 ? row + 1 : row)));
  });
  it("where a column is not there", () => {
    expect(refusal(() => prepare(series, data({ columns: ["x"] }), needs, 0))).toBe("data.column_missing");
  });
});
