/** Checks that know the rows: a warm-up longer than the training, rare classes, columns that nobody scaled. */
import { describe, expect, test } from "vitest";
import { data, design } from "../../test/graph/designs.ts";
import { mended } from "../../test/graph/problems.ts";
import type { DataDocument, DesignDocument } from "../graph/document.ts";
import type { Problem } from "../graph/problem.ts";
import type { DataFacts } from "./data-facts.ts";
import { examine } from "./examine.ts";

const rows = (count: number, more: Partial<DataFacts> = {}): DataFacts => ({ rows: count, distinct: new Map(), ...more });

function heard(of: DesignDocument, known: DataFacts | null, code: string): Problem | undefined {
  const found = examine(of, { facts: known });
  return [...found.problems, ...[...found.nodes.values()].flatMap(({ problems }) => problems)].find(({ error }) => error.code === code);
}
/** After the first way to mend it; every way makes the problem go, and one undo brings the same bytes back. */
const afterFix = (of: DesignDocument, known: DataFacts, code: string): DesignDocument => mended(of, code, known);
const network = (
  more: Partial<DataDocument>,
  train: DesignDocument["train"] = {},
  middle: readonly [string, object] = ["dense", { units: 3 }],
): DesignDocument =>
  design(
    "in > m > last > out",
    { in: ["input"], m: middle as never, last: ["dense", { units: 1 }], out: ["output", { loss: "mse" }] },
    { data: data(2, null, ["y"], more), train },
  );

describe("a warm-up", () => {
  const CODE = "design.warm_up_too_long";
  const rising = (warmup_steps: number | undefined, more: Partial<DataDocument> = {}): DesignDocument =>
    network(more, {
      epochs: 5,
      batch_size: 32,
      schedule: { type: "warm_up", decay: "cosine", ...(warmup_steps === undefined ? {} : { warmup_steps }) },
    });

  test("that lasts as long as the training is said, and made a tenth of it", () => {
    // 800 rows learnt from make 25 steps an epoch.
    expect(heard(rising(125), rows(1000), CODE)).toMatchObject({ severity: "warning", error: { params: { warm_up: 125, steps: 125 } } });
    expect(afterFix(rising(4000), rows(1000), CODE).train["schedule"]).toEqual({ type: "warm_up", decay: "cosine", warmup_steps: 12 });
    // Its default is 100 steps; 200 rows make 5 a epoch.
    expect(heard(rising(undefined), rows(200), CODE)?.error.params).toEqual({ warm_up: 100, steps: 25 });
  });

  test("is sound below it, and not judged where the steps are not known or another schedule is chosen", () => {
    expect(heard(rising(124), rows(1000), CODE)).toBeUndefined();
    expect(heard(rising(4000), null, CODE)).toBeUndefined();
    expect(heard(rising(4000, { sampling: { method: "over", seed: null } }), rows(1000), CODE)).toBeUndefined();
    expect(heard(network({}, { schedule: { type: "constant", warmup_steps: 4000 } }), rows(1000), CODE)).toBeUndefined();
  });
});

describe("a rare class", () => {
  const CODE = "design.class_imbalance";
  const target = (type: "categorical" | "numeric") =>
    data(2, null, ["y"]).columns.map((column) => (column.role === "target" ? { ...column, type } : column));
  const classes = (more: Partial<DataDocument> = {}, train: DesignDocument["train"] = {}): DesignDocument =>
    network({ columns: target("categorical"), ...more }, train);
  const counts = (few: number, many: number): DataFacts =>
    rows(few + many, {
      counts: new Map([
        [
          "y",
          [
            { label: "no", count: many },
            { label: "yes", count: few },
          ],
        ],
      ]),
    });

  test("is said with both counts, and the classes are weighed by one click", () => {
    expect(heard(classes(), counts(9, 91), CODE)?.error.params).toEqual({ rare: "yes", few: 9, common: "no", many: 91 });
    expect(afterFix(classes(), counts(1, 99), CODE).train).toEqual({ class_weight: "balanced" });
  });

  test("is nothing to say of where classes are near, made even, numbers, or not known", () => {
    expect(heard(classes(), counts(10, 100), CODE)).toBeUndefined();
    expect(heard(classes({}, { class_weight: "balanced" }), counts(1, 99), CODE)).toBeUndefined();
    expect(heard(classes({ sampling: { method: "over", seed: null } }), counts(1, 99), CODE)).toBeUndefined();
    expect(heard(network({ columns: target("numeric") }), counts(1, 99), CODE)).toBeUndefined();
    expect(heard(classes(), rows(100), CODE)).toBeUndefined();
  });
});

describe("columns of large numbers", () => {
  const CODE = "design.unscaled_columns";
  const known = rows(1000, {
    sizes: new Map([
      ["a", 2000],
      ["b", 100],
    ]),
  });

  test("are named on the layer that takes them, and standardised by one click", () => {
    expect(heard(network({}), known, CODE)).toMatchObject({ nodeId: "m", error: { params: { columns: "a", size: 2000 } } });
    const { data: after } = afterFix(network({}), known, CODE);
    expect(after?.steps).toMatchObject([{ type: "standardise", columns: ["a"] }]);
  });

  test("are sound when a step has changed them, when the layer looks them up or normalizes, and when nobody knows them", () => {
    const step = (columns: string[]): Partial<DataDocument> => ({ steps: [{ type: "log1p", columns }] as never });
    expect(heard(network(step(["a"])), known, CODE)).toBeUndefined();
    expect(heard(network(step(["b"])), known, CODE)).toBeDefined();
    // A step of no column changes none.
    expect(heard(network(step([])), known, CODE)).toBeDefined();
    expect(heard(network({}, {}, ["batch_normalization", {}]), known, CODE)).toBeUndefined();
    expect(heard(network({}, {}, ["embedding", { input_dim: 9, output_dim: 2 }]), known, CODE)).toBeUndefined();
    expect(heard(network({}), rows(1000), CODE)).toBeUndefined();
  });

  test("of a series are those whose past comes in, the target too, and no others", () => {
    const past = (columns: string[]): Partial<DataDocument> => ({ window: { columns, length: 3, horizon: 1, order_by: null } });
    const sizes = rows(1000, { sizes: new Map([...(known.sizes ?? []), ["y", 500]]) });
    expect(heard(network(past(["y"])), sizes, CODE)?.error.params).toMatchObject({ columns: "y", size: 500 });
    expect(afterFix(network(past(["y"])), sizes, CODE).data?.steps).toMatchObject([{ type: "standardise", columns: ["y"] }]);
    expect(heard(network(past(["b"])), sizes, CODE)).toBeUndefined();
  });
});
