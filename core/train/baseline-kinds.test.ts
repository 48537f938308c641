/** Baselines of nodes of a graph, of classes at every step and of what an autoencoder gives back, with values by hand. */
import { describe, expect, it } from "vitest";
import { chain, graphOf, node } from "../../test/engine/design.ts";
import { chooseRows } from "../data/filter/choose-rows.ts";
import { applyPipeline } from "../data/prepare.ts";
import type { Column, Table } from "../data/table.ts";
import type { DataDocument, DesignDocument, GraphDocument } from "../graph/document.ts";
import { type PreparedDesign, prepareDesign } from "./prepare-design.ts";
import { baselineRows, baselinesFor, judgeBaseline, judgeTraining, learnBaseline, runBaseline } from "./run-baseline.ts";
import { finished } from "./series-baselines.ts";

const idsOf = (count: number): Uint32Array => Uint32Array.from({ length: count }, (_, row) => row);
const source = { kind: "file" as const, name: "t", fingerprint: "f", options: {} };

describe("of nodes of a graph", () => {
  // Two rings of ten, each of one kind; a link between them.
  const NODES = 20;
  const ringOf = (row: number): number => Math.floor(row / 10);
  const next = (row: number): number => ringOf(row) * 10 + ((row + 1) % 10);
  const tableOf = (kinds: readonly string[], size: (row: number) => number): Table => ({
    rowCount: NODES,
    rowIds: idsOf(NODES),
    columns: [
      { kind: "text", name: "id", values: kinds.map((_, row) => `n${row}`) },
      { kind: "text", name: "links", values: kinds.map((_, row) => `n${next(row)}${row === 0 ? " n10" : ""}`) },
      { kind: "category", name: "kind", codes: Int32Array.from(kinds, (kind) => ["a", "b"].indexOf(kind)), categories: ["a", "b"] },
      { kind: "number", name: "size", values: Float64Array.from({ length: NODES }, (_, row) => size(row)) },
    ] as Column[],
  });
  const table = tableOf(
    Array.from({ length: NODES }, (_, row) => "ab"[ringOf(row)] ?? ""),
    (row) => (ringOf(row) === 0 ? -1 : 1) * (1 + (row % 3)),
  );
  const designOf = (features: boolean): Pick<DesignDocument, "graph" | "data" | "train"> => {
    const plain = graphOf(
      [
        node("g", "input"),
        node("m", "input"),
        ...(features ? [node("x", "input")] : []),
        node("a", "graph_convolution", { units: 2, activation: "softmax" }),
        node("y", "output", { loss: "categorical_crossentropy" }),
      ],
      [["a", "y"], ...(features ? ([["x", "a"]] as [string, string][]) : [])],
    );
    const wire = (from: string, target: string, target_port: string) => ({
      id: `${from} ${target}`,
      source: from,
      source_port: "output",
      target,
      target_port,
    });
    const graph: GraphDocument = { ...plain, edges: [...plain.edges, wire("g", "a", "graph"), wire("m", "y", "mask")] };
    const data = {
      source,
      columns: [
        { name: "id", type: "text", role: "ignored" },
        { name: "links", type: "text", role: "ignored" },
        { name: "kind", type: "categorical", role: "target" },
        { name: "size", type: "numeric", role: features ? "feature" : "ignored" },
      ],
      steps: [],
      split: { method: "stratified", validation_fraction: 0.5, seed: 3 },
      graph: { kind: "links", id: "id", links: "links", directed: false },
      feature_count: null,
      class_count: null,
    } as unknown as DataDocument;
    return { graph, data, train: {} };
  };
  const prepared = (features: boolean): PreparedDesign => prepareDesign(designOf(features), table);

  it("are offered by what nodes have: of edges alone the majority and the neighbours", () => {
    expect(baselinesFor(prepared(false))).toEqual(["majority_or_mean", "neighbours_label"]);
    expect(baselinesFor(prepared(true))).toEqual([
      "majority_or_mean",
      "neighbours_label",
      "logistic_regression",
      "decision_tree",
      "random_forest",
      "nearest_neighbours",
    ]);
  });

  it("judge the nodes of each part, with the rows of the table that they are", () => {
    const design = prepared(true);
    const { nodeIds = idsOf(0) } = design.prepared.validation;
    for (const name of ["logistic_regression", "neighbours_label"]) {
      const { validation, metrics } = finished(runBaseline(name, design, 0));
      expect(validation?.rows).toBe(10);
      expect(metrics["val_accuracy"], name).toBe(1);
    }
    const plain = finished(runBaseline("majority_or_mean", design, 0));
    expect(plain.metrics["val_accuracy"]).toBe(0.5);
    const learnt = finished(learnBaseline("neighbours_label", design, 0));
    const rows = finished(baselineRows(learnt, design.prepared.validation, null));
    expect([...(rows?.rowIds ?? [])]).toEqual([...nodeIds]);
    expect(Array.from(rows?.targets ?? [])).toEqual([...nodeIds].map(ringOf));
    expect(rows?.targetColumn).toBe("kind");
  });

  it("a training node is answered by its neighbours, not by its own label; another table's rows by what comes into them", () => {
    const mixed = tableOf(
      Array.from({ length: NODES }, (_, row) => "ab"[row % 2] ?? ""),
      () => 0,
    );
    const design = prepareDesign(designOf(false), mixed);
    const learnt = finished(learnBaseline("neighbours_label", design, 0));
    // Where kinds take turns along the ring, neighbours are wrong where they are all known.
    expect(finished(judgeTraining(learnt, design.prepared.training)).outputs[0]?.figures["accuracy"]).toBeLessThan(0.6);
    const own = prepared(false);
    const known = finished(learnBaseline("neighbours_label", own, 0));
    const fresh = applyPipeline(chooseRows(table, designOf(false).data ?? {}), own.prepared.pipeline, own.needs, {
      withTargets: true,
      asNew: true,
    });
    const { outputs } = finished(judgeBaseline(known, fresh));
    expect(outputs[0]?.rows).toBe(NODES);
    expect(outputs[0]?.figures["accuracy"]).toBeGreaterThan(0.9);
  });
});

describe("of numbers at every step", () => {
  const ROWS = 80;
  const STEPS = 4;
  const given = Array.from({ length: STEPS }, (_, step) =>
    Float64Array.from({ length: ROWS }, (__, row) => Math.sin(row * (step + 1) * 12.9)),
  );
  // A step gives what came in the step before; the first one what comes in.
  const answers = given.map((_, step) => given[Math.max(0, step - 1)] ?? new Float64Array(ROWS));
  const table: Table = {
    rowCount: ROWS,
    rowIds: idsOf(ROWS),
    columns: [
      ...given.map((values, step): Column => ({ kind: "number", name: `x${step}`, values })),
      ...answers.map((values, step): Column => ({ kind: "number", name: `y${step}`, values })),
    ],
  };
  const designed = (...before: readonly ReturnType<typeof node>[]): PreparedDesign =>
    prepareDesign(
      {
        graph: chain(
          node("in", "input", { shape: [STEPS, 1] }),
          ...before,
          node("lstm", "lstm", { units: 2, return_sequences: true }),
          node("p", "dense", { units: 1 }),
          node("out", "output", { loss: "mse" }),
        ),
        train: {},
        data: {
          source,
          columns: table.columns.map(({ name }) => ({ name, type: "numeric", role: name.startsWith("y") ? "target" : "feature" })),
          steps: [],
          split: { method: "random", validation_fraction: 0.25, seed: 0 },
        } as unknown as DataDocument,
      },
      table,
    );

  it("each step is a question: the mean of each by hand, and the input of the step before without an error", () => {
    const design = designed();
    expect(baselinesFor(design)).toEqual([
      "majority_or_mean",
      "one_input",
      "linear_regression",
      "decision_tree",
      "random_forest",
      "nearest_neighbours",
    ]);
    const { training, validation } = design.prepared;
    const ofStep = (part: typeof training, step: number): number[] =>
      Array.from(part.targets["out"]?.values ?? []).filter((_, place) => place % STEPS === step);
    const errors = Array.from({ length: STEPS }, (_, step) => {
      const learnt = meanOf(ofStep(training, step));
      return meanOf(ofStep(validation, step).map((value) => Math.abs(value - learnt)));
    });
    const plain = finished(runBaseline("majority_or_mean", design, 0));
    expect(plain.metrics["val_mae"]).toBeCloseTo(meanOf(errors), 6);
    expect(finished(runBaseline("one_input", design, 0)).metrics["val_mae"]).toBe(0);
    expect(finished(runBaseline("linear_regression", design, 0)).metrics["val_mae"]).toBeLessThan(1e-6);
    const rows = finished(baselineRows(finished(learnBaseline("one_input", design, 0)), validation, null));
    expect(Array.from(rows?.rowIds ?? [])).toEqual(Array.from(validation.rowIds));
    expect(Array.from(rows?.predictions ?? [])).toEqual(Array.from(rows?.targets ?? []));
  });

  it("where the network masks steps there are none, and it says so", () => {
    expect(() => baselinesFor(designed(node("mask", "masking", { mask_value: 9 })))).toThrow("baseline.masked");
  });
});

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("of what an autoencoder gives back", () => {
  const ROWS = 40;
  const t = Array.from({ length: ROWS }, (_, row) => Math.sin(row * 1.3));
  const u = Array.from({ length: ROWS }, (_, row) => Math.cos(row * 0.7));
  // Two directions carry all of it, the first most.
  const values = [3, 1, -2, 0.5].map((share, i) =>
    Float64Array.from(t, (one, row) => 5 + share * one + ([0.2, -0.4, 0.1, 0.3][i] ?? 0) * (u[row] ?? 0)),
  );
  const table: Table = {
    rowCount: ROWS,
    rowIds: idsOf(ROWS),
    columns: values.map((one, i): Column => ({ kind: "number", name: `x${i}`, values: one })),
  };
  const designed = (code: number): PreparedDesign =>
    prepareDesign(
      {
        graph: chain(
          node("in", "input"),
          node("wide", "dense", { units: 8 }),
          node("code", "dense", { units: code }),
          node("back", "dense", { units: 4 }),
          node("out", "output", { loss: "mse", target_input: "in" }),
        ),
        train: {},
        data: {
          source,
          columns: table.columns.map(({ name }) => ({ name, type: "numeric", role: "feature" })),
          steps: [],
          split: { method: "random", validation_fraction: 0.25, seed: 0 },
        } as unknown as DataDocument,
      },
      table,
    );

  it("the mean row, and as many components as the narrowest layer is wide", () => {
    const design = designed(1);
    expect(baselinesFor(design)).toEqual(["majority_or_mean", "principal_components"]);
    const { training, validation } = design.prepared;
    const [learnt = new Float32Array(0), held = new Float32Array(0)] = [training, validation].map((part) => part.targets["out"]?.values);
    const ofColumn = (values: Float32Array, column: number): number[] => Array.from(values).filter((_, place) => place % 4 === column);
    const errors = [0, 1, 2, 3].map((column) => {
      const mean = meanOf(ofColumn(learnt, column));
      return Math.sqrt(meanOf(ofColumn(held, column).map((value) => (value - mean) ** 2)));
    });
    const rmse = meanOf(errors);
    const plain = finished(runBaseline("majority_or_mean", design, 0));
    expect(plain.metrics["val_rmse"]).toBeCloseTo(rmse, 6);
    const one = finished(runBaseline("principal_components", design, 0)).metrics["val_rmse"] ?? 0;
    expect(one).toBeGreaterThan(1e-4);
    expect(one).toBeLessThan(0.5 * rmse);
    expect(finished(runBaseline("principal_components", designed(2), 0)).metrics["val_rmse"]).toBeLessThan(1e-5);
  });
});
