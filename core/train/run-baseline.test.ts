/** Baselines answer every output that they fit: several columns, labels, several outputs; and learnt again they say the same. */
import { describe, expect, it } from "vitest";
import { chain, graphOf, node } from "../../test/engine/design.ts";
import type { Column, Table } from "../data/table.ts";
import type { DesignDocument } from "../graph/document.ts";
import { rowsBetween } from "./baseline-rows.ts";
import { type PreparedDesign, prepareDesign } from "./prepare-design.ts";
import { baselinesFor, judgeBaseline, learnBaseline, runBaseline } from "./run-baseline.ts";
import { finished } from "./series-baselines.ts";

const ROWS = 60;
const x = Array.from({ length: ROWS }, (_, row) => Math.sin(row * 1.7));
const z = Array.from({ length: ROWS }, (_, row) => Math.cos(row * 2.3));
const of = (make: (row: number) => number): number[] => Array.from({ length: ROWS }, (_, row) => make(row));
const COLUMNS: Readonly<Record<string, readonly number[]>> = {
  x,
  z,
  price: of((row) => 3 * (x[row] ?? 0) + 1),
  size: of((row) => -2 * (z[row] ?? 0)),
  warm: of((row) => ((x[row] ?? 0) > 0 ? 1 : 0)),
  wet: of((row) => ((z[row] ?? 0) > 0.3 ? 1 : 0)),
};

const table: Table = {
  rowCount: ROWS,
  rowIds: Uint32Array.from({ length: ROWS }, (_, row) => row),
  columns: Object.entries(COLUMNS).map(([name, values]): Column => ({ kind: "number", name, values: Float64Array.from(values) })),
};

function prepared(targets: readonly string[], graph: DesignDocument["graph"], test_fraction?: number, rows = table): PreparedDesign {
  const columns = ["x", "z", ...targets].map((name) => ({
    name,
    type: "numeric" as const,
    role: targets.includes(name) ? ("target" as const) : ("feature" as const),
  }));
  const split = {
    method: "random" as const,
    validation_fraction: 0.25,
    seed: 0,
    ...(test_fraction === undefined ? {} : { test_fraction }),
  };
  const source = { kind: "file" as const, name: "t", fingerprint: "f", options: {} };
  return prepareDesign({ graph, train: {}, data: { source, columns, steps: [], split } as unknown as DesignDocument["data"] }, rows);
}

const twoColumns = (): PreparedDesign =>
  prepared(["price", "size"], chain(node("in", "input"), node("d", "dense", { units: 2 }), node("out", "output", { loss: "mse" })), 0.2);
const twoLabels = (loss = "binary_crossentropy"): PreparedDesign =>
  prepared(
    ["warm", "wet"],
    chain(node("in", "input"), node("d", "dense", { units: 2, activation: "sigmoid" }), node("out", "output", { loss })),
  );
const twoOutputs = (): PreparedDesign =>
  prepared(
    ["price", "warm"],
    graphOf(
      [
        node("in", "input"),
        node("a", "dense", { units: 1 }),
        node("b", "dense", { units: 1, activation: "sigmoid" }),
        node("cost", "output", { loss: "mse", target: ["price"] }),
        node("sun", "output", { loss: "binary_crossentropy", target: ["warm"] }),
      ],
      [
        ["in", "a"],
        ["in", "b"],
        ["a", "cost"],
        ["b", "sun"],
      ],
    ),
  );

const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
/** Targets of a column as they were prepared. */
const columnOf = (design: PreparedDesign, part: "training" | "validation", output: string, column: number): number[] => {
  const { values = [], shape = [1] } = design.prepared[part].targets[output] ?? {};
  const width = shape[0] ?? 1;
  return Array.from(values).filter((_, place) => place % width === column);
};

describe("baselines of several targets", () => {
  it("predict each column of numbers by itself: the mean by hand, a line without an error", () => {
    const design = twoColumns();
    expect(baselinesFor(design)).toEqual(
      expect.arrayContaining(["majority_or_mean", "linear_regression", "decision_tree", "random_forest", "nearest_neighbours"]),
    );
    const line = finished(runBaseline("linear_regression", design, 0));
    expect(line.validation?.outputs[0]?.labels).toEqual(["price", "size"]);
    expect(line.metrics["val_r2"]).toBeCloseTo(1, 6);
    const plain = finished(runBaseline("majority_or_mean", design, 0));
    const errors = [0, 1].map((column) => {
      const learnt = mean(columnOf(design, "training", "out", column));
      return mean(columnOf(design, "validation", "out", column).map((value) => Math.abs(value - learnt)));
    });
    expect(plain.metrics["val_mae"]).toBeCloseTo(mean(errors), 5);
  });

  it.each(["binary_crossentropy", "hinge"])("say of each label whether it holds, of the loss %s", (loss) => {
    const design = twoLabels(loss);
    const plain = finished(runBaseline("majority_or_mean", design, 0));
    const [output] = plain.validation?.outputs ?? [];
    expect(output?.task).toBe("labels");
    expect(output?.classes.map(({ label }) => label)).toEqual(["warm", "wet"]);
    // The more frequent answer to each, for all rows.
    const right = [0, 1].map((label) => {
      const holds = mean(columnOf(design, "training", "out", label).map((value) => Number(value > 0))) > 0.5;
      return mean(columnOf(design, "validation", "out", label).map((value) => Number(value > 0 === holds)));
    });
    expect(output?.figures["accuracy"]).toBeCloseTo(mean(right), 5);
    const tree = finished(runBaseline("decision_tree", design, 0));
    expect(tree.validation?.outputs[0]?.figures["f1_macro"]).toBeGreaterThan(0.85);
  });

  it("answer of several outputs those that they fit, and name figures as the network's are", () => {
    const design = twoOutputs();
    const tree = finished(runBaseline("decision_tree", design, 0));
    expect(tree.validation?.outputs.map(({ name }) => name)).toEqual(["cost", "sun"]);
    expect(Object.keys(tree.metrics)).toEqual(expect.arrayContaining(["val_cost_r2", "val_sun_accuracy", "sun_accuracy"]));
    const line = finished(runBaseline("linear_regression", design, 0));
    expect(line.validation?.outputs.map(({ name }) => name)).toEqual(["cost"]);
    expect(line.metrics["val_cost_r2"]).toBeCloseTo(1, 6);
    expect(() => finished(runBaseline("linear_regression", twoLabels(), 0))).toThrow("baseline.not_fitting");
  });

  it("learnt again say the same of the same rows, and judge the test part", () => {
    const design = twoColumns();
    for (const name of ["random_forest", "nearest_neighbours", "linear_regression"]) {
      const told: number[] = [];
      const learnt = finished(learnBaseline(name, design, 5, (done, total) => told.push(done / total)));
      expect(told).toEqual([0, 0.5]);
      expect(finished(judgeBaseline(learnt, design.prepared.validation))).toEqual(finished(runBaseline(name, design, 5)).validation);
      const { test } = design.prepared;
      if (test === undefined) throw new Error("no rows were kept aside");
      expect(finished(judgeBaseline(learnt, test)).outputs[0]?.rows).toBe(test.rowCount);
    }
  });
});

describe("of more rows than a baseline looks at", () => {
  const MANY = 60_000;
  const rise = Float64Array.from({ length: MANY }, (_, row) => row / MANY);
  const many: Table = {
    rowCount: MANY,
    rowIds: Uint32Array.from({ length: MANY }, (_, row) => row),
    columns: ["x", "z", "price"].map((name): Column => ({ kind: "number", name, values: rise })),
  };
  const line = chain(node("in", "input"), node("d", "dense", { units: 1 }), node("out", "output", { loss: "mse" }));
  const design = prepared(["price"], line, undefined, many);

  it("the training rows that are judged are spread over all of them, and it says how many they are", () => {
    const { training, validation } = finished(runBaseline("majority_or_mean", design, 0));
    expect(training.rows).toBe(20_000);
    // The mean of a straight rise misses by a quarter of it; of the first rows of it by more.
    expect(training.outputs[0]?.figures["mae"]).toBeCloseTo(0.25, 2);
    expect(training.outputs[0]?.said).toEqual([{ key: "baselines.judged_rows", params: { count: 20_000, rows: 45_000 } }]);
    expect(validation?.outputs[0]?.said).toBeUndefined();
  });

  it("one that learns from some of them says so, once", () => {
    const { prepared: parts } = design;
    const learnt = finished(learnBaseline("nearest_neighbours", design, 0));
    const few = finished(judgeBaseline(learnt, rowsBetween(parts.validation, 0, 10)));
    expect(few.outputs[0]?.said).toEqual([{ key: "baselines.of_rows", params: { count: 5000, rows: 45_000 } }]);
  });
});
