/** Weights of rows and of classes: what they do to loss, gradients and figures, on every backend. */
import { describe, expect, it } from "vitest";
import type { PreparedPart } from "../../core/data/prepared.ts";
import type { TargetEncoding } from "../../core/data/rows.ts";
import type { GraphDocument } from "../../core/graph/document.ts";
import type { KernelBackend } from "../../core/kernels/backend.ts";
import { makeModelSpec } from "../../core/spec/model.ts";
import { readTraining } from "../../core/spec/training.ts";
import { Network } from "../../core/train/network.ts";
import { trainingWeights } from "../../core/train/row-weights.ts";
import { everyBackend } from "./backends.ts";
import { chain, graphOf, node, partOf } from "./design.ts";
import { distance } from "./distance.ts";

const wave = (length: number, phase: number): number[] => Array.from({ length }, (_, i) => Math.fround(Math.sin(phase + 1.7 * i)));

interface Case {
  readonly name: string;
  readonly graph: GraphDocument;
  readonly encodings: Readonly<Record<string, TargetEncoding>>;
  readonly classes: number;
  readonly target: (row: number) => number;
}
const hidden = node("d", "dense", { units: 4, activation: "tanh", l2: 0.01 });
const CASES: readonly Case[] = [
  {
    name: "numbers, squared error and a penalty",
    graph: chain(node("x", "input"), hidden, node("v", "dense", { units: 1 }), node("y", "output", { loss: "mse", loss_weight: 0.5 })),
    encodings: { y: "value" },
    classes: 2,
    target: (row) => Math.fround(Math.cos(row)),
  },
  {
    name: "yes or no, from logits",
    graph: chain(
      node("x", "input"),
      hidden,
      node("v", "dense", { units: 1, activation: "sigmoid" }),
      node("y", "output", { loss: "binary_crossentropy" }),
    ),
    encodings: { y: "binary" },
    classes: 2,
    target: (row) => row % 2,
  },
  {
    name: "three classes, softmax",
    graph: chain(
      node("x", "input"),
      hidden,
      node("v", "dense", { units: 3, activation: "softmax" }),
      node("y", "output", { loss: "categorical_crossentropy" }),
    ),
    encodings: { y: "class_index" },
    classes: 3,
    target: (row) => row % 3,
  },
];

/** Rows by number, so that a row can be there twice or be left out. */
function rowsOf(numbers: readonly number[], one: Case, weights?: readonly number[]): PreparedPart {
  const part = partOf(
    numbers.length,
    { x: { shape: [2], values: numbers.flatMap((row) => wave(2, row)) } },
    { y: { shape: [1], values: numbers.map(one.target) } },
  );
  return weights === undefined ? part : { ...part, weights: Float32Array.from(weights) };
}

/** Loss and gradients of one full batch, and the loss of evaluation. */
function stepOn(part: PreparedPart, { graph, encodings, classes }: Case, backend: KernelBackend, classWeight = "none") {
  const training = readTraining({ optimizer: { type: "sgd", learning_rate: 1e-6 }, batch_size: 1000, class_weight: classWeight });
  const network = new Network({
    spec: makeModelSpec(graph, { inputs: { x: [2] }, outputs: Object.fromEntries(Object.keys(encodings).map((id) => [id, { classes }])) }),
    training,
    encodings,
    backend,
    trainingRows: part.rowCount,
    rowsHaveWeights: part.weights !== undefined,
  });
  network.initialise(1);
  const before = network.evaluate(part);
  const order = Uint32Array.from({ length: part.rowCount }, (_, i) => i);
  const loss = network.trainStep(part, order, 0, 0, 1e-6, trainingWeights(part, training, encodings));
  const own: number[] = [];
  network.addLosses(part.rowCount, Object.keys(encodings), 1, own);
  return { loss, own, evaluated: before.loss, losses: before.losses, gradients: Array.from(network.block("gradient")) };
}

describe.each(everyBackend)("weights of rows ($name)", ({ backend, tolerance }) => {
  describe.each(CASES)("$name", (one) => {
    const same = (a: ReturnType<typeof stepOn>, b: ReturnType<typeof stepOn>): void => {
      expect(distance([a.loss], [b.loss])).toBeLessThan(tolerance);
      expect(distance([a.evaluated], [b.evaluated])).toBeLessThan(tolerance);
      expect(distance(a.gradients, b.gradients)).toBeLessThan(tolerance);
      expect(a.gradients.some((value) => value !== 0)).toBe(true);
    };

    it("2 is the row twice, and 0 the row left out", () => {
      same(stepOn(rowsOf([0, 1, 2, 3, 4], one, [1, 2, 1, 0, 1]), one, backend), stepOn(rowsOf([0, 1, 1, 2, 4], one), one, backend));
    });

    it("the same weight for all changes nothing, whatever it is", () => {
      same(stepOn(rowsOf([0, 1, 2, 3], one, [7, 7, 7, 7]), one, backend), stepOn(rowsOf([0, 1, 2, 3], one), one, backend));
    });

    it("evaluation takes them over many batches and a rest", () => {
      const numbers = Array.from({ length: 300 }, (_, i) => i % 11);
      const weights = numbers.map((row) => row % 4);
      const repeated = numbers.flatMap((row) => Array.from({ length: row % 4 }, () => row));
      const [a, b] = [stepOn(rowsOf(numbers, one, weights), one, backend), stepOn(rowsOf(repeated, one), one, backend)];
      expect(distance([a.evaluated], [b.evaluated])).toBeLessThan(10 * tolerance);
    });
  });

  it("weights of rows and of classes multiply", () => {
    const one = CASES[1] as Case;
    // Classes of rows 0 … 5 are 0 1 0 1 0 1; row 1 is left out by its weight, but classes are counted over all rows.
    const both = stepOn(rowsOf([0, 2, 4, 6, 1], one, [1, 2, 1, 1, 3]), one, backend, "balanced");
    const byHand = stepOn(rowsOf([0, 2, 4, 6, 1], one, [1 * 5, 2 * 5, 1 * 5, 1 * 5, 3 * 20]), one, backend);
    expect(distance([both.loss], [byHand.loss])).toBeLessThan(tolerance);
    expect(distance(both.gradients, byHand.gradients)).toBeLessThan(tolerance);
  });
});

/** Two outputs on one trunk: three classes and yes or no, each with its own rare class. */
const TWO: Case = {
  name: "two outputs",
  graph: graphOf(
    [
      node("x", "input"),
      hidden,
      node("a", "dense", { units: 1, activation: "sigmoid" }),
      node("yes", "output", { loss: "binary_crossentropy", loss_weight: 2 }),
      node("b", "dense", { units: 1 }),
      node("value", "output", { loss: "mse", loss_weight: 0.25 }),
    ],
    [
      ["x", "d"],
      ["d", "a"],
      ["a", "yes"],
      ["d", "b"],
      ["b", "value"],
    ],
  ),
  encodings: { yes: "binary", value: "value" },
  classes: 2,
  target: () => 0,
};

describe.each(everyBackend)("several outputs ($name)", ({ backend, tolerance }) => {
  const part = partOf(
    4,
    { x: { shape: [2], values: wave(8, 0) } },
    { yes: { shape: [1], values: [0, 0, 0, 1] }, value: { shape: [1], values: wave(4, 3) } },
  );

  it("each have their loss, which together with the penalty make the whole", () => {
    const { loss, own, evaluated, losses } = stepOn(part, TWO, backend);
    const [yes = Number.NaN, value = Number.NaN] = own;
    expect(distance([losses["yes"] ?? 0, losses["value"] ?? 0], [yes, value])).toBeLessThan(tolerance);
    const penalty = evaluated - yes - value;
    expect(penalty).toBeGreaterThan(0);
    expect(distance([loss], [yes + value + penalty])).toBeLessThan(tolerance);
  });

  it("are balanced where they have classes, and left alone where they have not", () => {
    const [plain, balanced] = [stepOn(part, TWO, backend), stepOn(part, TWO, backend, "balanced")];
    expect(distance([balanced.own[1] ?? 0], [plain.own[1] ?? 1])).toBeLessThan(tolerance);
    const byHand = stepOn({ ...part, weights: Float32Array.of(1, 1, 1, 3) }, TWO, backend);
    expect(distance([balanced.own[0] ?? 0], [byHand.own[0] ?? 1])).toBeLessThan(tolerance);
    expect(Math.abs((balanced.own[0] ?? 0) - (plain.own[0] ?? 0))).toBeGreaterThan(1e-3);
  });
});
