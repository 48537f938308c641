import { describe, expect, test } from "vitest";
import { data, design } from "../../test/graph/designs.ts";
import { mended } from "../../test/graph/problems.ts";
import type { DataDocument, DesignDocument } from "../graph/document.ts";
import type { Problem } from "../graph/problem.ts";
import { type DataFacts, mostTrainingRows } from "./data-facts.ts";
import { examine } from "./examine.ts";

const facts = (rows: number, distinct: Readonly<Record<string, number>> = {}): DataFacts => ({
  rows,
  distinct: new Map(Object.entries(distinct)),
});
function problems(of: DesignDocument, known: DataFacts | null): Problem[] {
  const found = examine(of, { facts: known });
  return [...found.problems, ...[...found.nodes.values()].flatMap((node) => node.problems)];
}
const heard = (of: DesignDocument, known: DataFacts | null, code: string): Problem | undefined =>
  problems(of, known).find(({ error }) => error.code === code);
/** After the first way to mend it; every way makes the problem go, and one undo brings the same bytes back. */
const afterFix = (of: DesignDocument, known: DataFacts, code: string): DesignDocument => mended(of, code, known);

const section = (more: Partial<DataDocument> = {}): DataDocument => data(4, null, ["y"], more);

describe("the most rows that can be learnt from", () => {
  test.each([
    ["a share held out", {}, 800],
    ["nothing held out", { split: { method: "none", validation_fraction: 0.2, seed: null } }, 1000],
    ["a test part too", { split: { method: "stratified", validation_fraction: 0.2, test_fraction: 0.1, seed: null } }, 700],
    ["five folds", { split: { method: "random", validation_fraction: 0.2, folds: 5, fold: 0, seed: null } }, 800],
    ["a column that says it", { split: { method: "column", validation_fraction: 0.2, column: "part", seed: null } }, 1000],
    [
      "windows of 100",
      {
        split: { method: "none", validation_fraction: 0.2, seed: null },
        window: { columns: ["a"], length: 100, horizon: 1, order_by: null },
      },
      900,
    ],
  ] as const)("with %s", (_, more, rows) => {
    expect(mostTrainingRows(section(more as never), facts(1000))).toBe(rows);
  });

  test("is not known without the data, and not said of a graph", () => {
    expect([mostTrainingRows(null, facts(10)), mostTrainingRows(section(), null)]).toEqual([null, null]);
    const links = { kind: "links", id: "a", links: "b", directed: false } as const;
    expect(mostTrainingRows(section({ graph: links }), facts(10))).toBeNull();
  });
});

describe("more weights than rows", () => {
  const CODE = "design.more_weights_than_rows";
  /** 4·20+20 + 20+1 = 121 weights. */
  const wide = (more: Partial<DesignDocument> = {}, layers: Readonly<Record<string, unknown>> = {}): DesignDocument =>
    design(
      "in > a > last > out",
      {
        in: ["input"],
        a: ["dense", { units: 20, activation: "relu" }],
        last: ["dense", { units: 1 }],
        out: ["output", { loss: "mse" }],
        ...layers,
      } as never,
      { data: section(), ...more },
    );

  test("are said with both figures, and early stopping is the remedy of one click", () => {
    expect(heard(wide(), facts(100), CODE)).toMatchObject({ severity: "warning", error: { params: { weights: 121, rows: 80 } } });
    expect(heard(wide(), facts(100), CODE)?.fix).toMatchObject({ code: "fix.stop_early", params: { patience: 5 } });
    expect(afterFix(wide({ train: { early_stopping: { patience: 7 } } }), facts(100), CODE).train).toEqual({
      early_stopping: { patience: 7, enabled: true, restore_best_weights: true },
    });
  });

  test("are nothing to say of with rows enough, or where the rows are not known", () => {
    expect(heard(wide(), facts(151), CODE)).toBeUndefined();
    expect(heard(wide(), facts(150), CODE)).toBeDefined();
    expect(heard(wide(), null, CODE)).toBeUndefined();
  });

  test.each([
    ["weights that decay", { train: { optimizer: { type: "adamw" } } }],
    ["changed copies", { data: section({ augment: { seed: null, flip_horizontal: true } }) }],
    ["nothing held out", { data: section({ split: { method: "none", validation_fraction: 0.2, seed: null } }) }],
  ] as const)("are left alone with %s", (_, more) => {
    expect(heard(wide(more as never), facts(100), CODE)).toBeUndefined();
  });

  test("are left alone with dropout and penalties, but not with a layer that is skipped", () => {
    const penalised = wide({}, { a: ["dense", { units: 20, activation: "relu", l2: 0.01 }] });
    expect(heard(penalised, facts(100), CODE)).toBeUndefined();
    const dropped = (bypassed: boolean): DesignDocument =>
      design(
        "in > a > d > last > out",
        {
          in: ["input"],
          a: ["dense", { units: 20, activation: "relu" }],
          d: ["dropout", {}, { bypassed }],
          last: ["dense", { units: 1 }],
          out: ["output", { loss: "mse" }],
        },
        { data: section() },
      );
    expect([false, true].map((bypassed) => heard(dropped(bypassed), facts(100), CODE) !== undefined)).toEqual([false, true]);
  });

  test("count those that are trained", () => {
    const frozen = wide({}, { a: ["dense", { units: 20, activation: "relu" }, { frozen: true }] });
    expect(heard(frozen, facts(100), CODE)).toBeUndefined();
    expect(heard(frozen, facts(20), CODE)?.error.params).toMatchObject({ weights: 21 });
  });
});

describe("a batch larger than the rows", () => {
  const CODE = "design.batch_larger_than_rows";
  const batch = (batch_size: number, more: Partial<DataDocument> = {}): DesignDocument =>
    design(
      "in > last > out",
      { in: ["input"], last: ["dense", { units: 1 }], out: ["output", { loss: "mse" }] },
      { data: section(more), train: { batch_size } },
    );

  test("is said, and made smaller by one click", () => {
    expect(heard(batch(81), facts(100), CODE)).toMatchObject({ severity: "warning", error: { params: { size: 81, rows: 80 } } });
    expect(afterFix(batch(512), facts(100), CODE).train).toEqual({ batch_size: 8 });
    expect(afterFix(batch(5000), facts(1000), CODE).train).toEqual({ batch_size: 32 });
    expect(afterFix(batch(2), facts(1), CODE).train).toEqual({ batch_size: 1 });
  });

  test("is not one that just holds them, and rows drawn again count", () => {
    expect(heard(batch(80), facts(100), CODE)).toBeUndefined();
    expect(heard(batch(512), null, CODE)).toBeUndefined();
    expect(heard(batch(512, { sampling: { method: "over", seed: null } }), facts(100), CODE)).toBeUndefined();
  });
});

describe("an embedding of numbered categories", () => {
  const CODE = "design.small_vocabulary";
  const towns = (input_dim: number, step: Readonly<Record<string, unknown>> = {}): DesignDocument =>
    design(
      "in > e > f > last > out",
      {
        in: ["input", { shape: [1] }],
        e: ["embedding", { input_dim, output_dim: 2 }],
        f: ["flatten"],
        last: ["dense", { units: 1 }],
        out: ["output", { loss: "mse" }],
      },
      { data: data(1, null, ["y"], { steps: [{ type: "embedding_index", columns: ["a"], ...step }] as never }) },
    );

  test("needs a vector for each category and one for what is missing", () => {
    const known = facts(5000, { a: 90, y: 4000 });
    expect(heard(towns(90), known, CODE)?.error.params).toMatchObject({ places: 90, count: 91 });
    const after = afterFix(towns(90), known, CODE);
    expect(after.graph.nodes.find(({ id }) => id === "e")?.config).toEqual({ input_dim: 91, output_dim: 2 });
    expect(heard(towns(91), known, CODE)).toBeUndefined();
  });

  test("is not judged where rare categories are left out or the data are not known", () => {
    expect(heard(towns(90, { min_rows: 5 }), facts(5000, { a: 90 }), CODE)).toBeUndefined();
    expect(heard(towns(90), null, CODE)).toBeUndefined();
    expect(heard(towns(90), facts(5000), CODE)).toBeUndefined();
  });
});
