/**
 * Whole networks that are trained here and in PyTorch from the same weights on the same batches: the three of the
 * requirement over 50 steps, and a small one for every optimizer, way of clipping and penalty over 10 steps. They are
 * designs, compiled by the public path; the translation to PyTorch is in network-job.ts.
 */
import type { PreparedPart } from "../../../core/data/prepared.ts";
import type { TargetEncoding } from "../../../core/data/rows.ts";
import type { GraphDocument } from "../../../core/graph/document.ts";
import type { DataFacts } from "../../../core/spec/model.ts";
import { chain, graphOf, node, partOf } from "../../engine/design.ts";
import { Drawing } from "./drawing.ts";
import type { Values } from "./golden-file.ts";

export interface NetworkScenario {
  readonly name: string;
  readonly graph: GraphDocument;
  readonly facts: DataFacts;
  readonly encodings: Readonly<Record<string, TargetEncoding>>;
  /** As in a design's `train`. */
  readonly train: Readonly<Record<string, unknown>>;
  readonly rows: number;
  readonly steps: number;
  readonly draw: () => { readonly inputs: Readonly<Record<string, Values>>; readonly targets: Readonly<Record<string, Values>> };
}

/** Values of all rows, `[rows, …]`, as a part of prepared data. */
export function dataOf(rows: number, { inputs, targets }: ReturnType<NetworkScenario["draw"]>): PreparedPart {
  const perRow = (source: Readonly<Record<string, Values>>) =>
    Object.fromEntries(Object.entries(source).map(([id, { shape, values }]) => [id, { shape: shape.slice(1), values }]));
  return partOf(rows, perRow(inputs), perRow(targets));
}

const dense = (id: string, units: number, activation = "linear", more = {}) => node(id, "dense", { units, activation, ...more });

const classifier: NetworkScenario = {
  name: "dense 20-16-8-5, softmax, Adam",
  graph: chain(
    node("x", "input"),
    dense("hidden_1", 16, "relu"),
    dense("hidden_2", 8, "relu"),
    dense("classes", 5, "softmax"),
    node("y", "output", { loss: "categorical_crossentropy" }),
  ),
  facts: { inputs: { x: [20] }, outputs: { y: { classes: 5 } } },
  encodings: { y: "class_index" },
  train: { optimizer: { type: "adam", learning_rate: 0.01 }, batch_size: 16 },
  rows: 160,
  steps: 50,
  draw: () => {
    const drawing = new Drawing(2001);
    const x = drawing.signed([160, 20]);
    // Something to learn: the largest of five sums of inputs.
    const y = Array.from({ length: 160 }, (_, row) => {
      const sums = Array.from({ length: 5 }, (__, k) => [0, 5, 10, 15].reduce((sum, i) => sum + (x.values[row * 20 + i + k] ?? 0), 0));
      return sums.indexOf(Math.max(...sums));
    });
    return { inputs: { x }, targets: { y: { shape: [160], values: y } } };
  },
};

/** 150 rows in batches of 32: the last of an epoch has 22. */
const tabular: NetworkScenario = {
  name: "batch normalization and dense, sigmoid, Adam",
  graph: chain(
    node("x", "input"),
    node("normalize_1", "batch_normalization", { momentum: 0.9 }),
    dense("hidden", 12, "relu"),
    node("normalize_2", "batch_normalization"),
    dense("probability", 1, "sigmoid"),
    node("y", "output", { loss: "binary_crossentropy" }),
  ),
  facts: { inputs: { x: [8] }, outputs: { y: { classes: 2 } } },
  encodings: { y: "binary" },
  train: { optimizer: { type: "adam", learning_rate: 0.003 }, batch_size: 32 },
  rows: 150,
  steps: 50,
  draw: () => {
    const drawing = new Drawing(2002);
    const x = drawing.signed([150, 8], 4);
    const y = Array.from({ length: 150 }, (_, row) =>
      (x.values[row * 8] ?? 0) * (x.values[row * 8 + 1] ?? 0) + (x.values[row * 8 + 2] ?? 0) > 0 ? 1 : 0,
    );
    return { inputs: { x }, targets: { y: { shape: [150, 1], values: y } } };
  },
};

const branches: NetworkScenario = {
  name: "two inputs, two outputs, SGD with momentum, L2 and a clipped norm",
  graph: graphOf(
    [
      node("left", "input"),
      node("right", "input"),
      dense("left_hidden", 6, "tanh", { l2: 0.01 }),
      dense("right_hidden", 6, "tanh"),
      node("sum", "add"),
      node("normalized", "layer_normalization"),
      node("both", "concatenate"),
      dense("trunk", 10, "leaky_relu", { l2: 0.001, l1: 0.0005 }),
      dense("numbers", 2),
      node("value", "output", { loss: "mse", loss_weight: 0.5 }),
      dense("classes", 3, "softmax"),
      node("class", "output", { loss: "categorical_crossentropy", loss_weight: 2 }),
    ],
    [
      ["left", "left_hidden"],
      ["right", "right_hidden"],
      ["left_hidden", "sum"],
      ["right_hidden", "sum"],
      ["sum", "normalized"],
      ["normalized", "both"],
      ["right", "both"],
      ["both", "trunk"],
      ["trunk", "numbers"],
      ["numbers", "value"],
      ["trunk", "classes"],
      ["classes", "class"],
    ],
  ),
  facts: { inputs: { left: [5], right: [4] }, outputs: { value: {}, class: { classes: 3 } } },
  encodings: { value: "value", class: "class_index" },
  train: { optimizer: { type: "sgd", learning_rate: 0.05, momentum: 0.9, nesterov: true }, batch_size: 12, global_clipnorm: 1 },
  rows: 120,
  steps: 50,
  draw: () => {
    const drawing = new Drawing(2003);
    const [left, right] = [drawing.signed([120, 5]), drawing.signed([120, 4])];
    const at = (row: number, i: number): number => (left.values[row * 5 + i] ?? 0) - (right.values[row * 4 + i] ?? 0);
    const value = Array.from({ length: 240 }, (_, i) => at(Math.floor(i / 2), i % 2) / 2);
    const classes = Array.from({ length: 120 }, (_, row) => [0, 1, 2].reduce((best, k) => (at(row, k) > at(row, best) ? k : best), 0));
    return { inputs: { left, right }, targets: { value: { shape: [120, 2], values: value }, class: { shape: [120], values: classes } } };
  },
};

const OPTIMIZERS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  sgd: { optimizer: { type: "sgd", learning_rate: 0.1 } },
  "gradient descent": { optimizer: { type: "gradient_descent", learning_rate: 0.05 } },
  "sgd with momentum": { optimizer: { type: "sgd", learning_rate: 0.1, momentum: 0.9 } },
  "sgd with Nesterov's momentum": { optimizer: { type: "sgd", learning_rate: 0.1, momentum: 0.9, nesterov: true } },
  adam: { optimizer: { type: "adam", learning_rate: 0.05 } },
  "adam with other betas and epsilon": { optimizer: { type: "adam", learning_rate: 0.05, beta_1: 0.5, beta_2: 0.9, epsilon: 0.01 } },
  rmsprop: { optimizer: { type: "rmsprop", learning_rate: 0.02 } },
  "rmsprop with momentum": { optimizer: { type: "rmsprop", learning_rate: 0.02, momentum: 0.5, rho: 0.8 } },
  amsgrad: { optimizer: { type: "adam", learning_rate: 0.05, beta_2: 0.5, amsgrad: true } },
  adamw: { optimizer: { type: "adamw", learning_rate: 0.05 } },
  "adamw with much decay and amsgrad": { optimizer: { type: "adamw", learning_rate: 0.05, weight_decay: 0.5, beta_2: 0.5, amsgrad: true } },
  nadam: { optimizer: { type: "nadam", learning_rate: 0.05 } },
  "nadam with other betas and epsilon": { optimizer: { type: "nadam", learning_rate: 0.05, beta_1: 0.5, beta_2: 0.9, epsilon: 0.01 } },
  adadelta: { optimizer: { type: "adadelta", learning_rate: 1 } },
  "adadelta with another rho and epsilon": { optimizer: { type: "adadelta", learning_rate: 0.5, rho: 0.5, epsilon: 0.001 } },
  adagrad: { optimizer: { type: "adagrad", learning_rate: 0.1 } },
  "adagrad from nothing": { optimizer: { type: "adagrad", learning_rate: 0.1, initial_accumulator_value: 0 } },
  clipvalue: { optimizer: { type: "sgd", learning_rate: 0.1 }, clipvalue: 0.05 },
  clipnorm: { optimizer: { type: "sgd", learning_rate: 0.1 }, clipnorm: 0.1 },
  global_clipnorm: { optimizer: { type: "sgd", learning_rate: 0.1 }, global_clipnorm: 0.2 },
  "all three clips": { optimizer: { type: "sgd", learning_rate: 0.1 }, clipvalue: 0.3, clipnorm: 0.25, global_clipnorm: 0.2 },
};
const PENALTIES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  l1: { l1: 0.05 },
  l2: { l2: 0.05 },
  "l1 and l2": { l1: 0.02, l2: 0.03 },
};

/** 4-3-2 with tanh on one batch of 6 rows: small enough to look at, and with no kink. */
function small(name: string, train: NetworkScenario["train"], penalties: Readonly<Record<string, number>> = {}): NetworkScenario {
  return {
    name,
    graph: chain(node("x", "input"), dense("hidden", 3, "tanh", penalties), dense("value", 2), node("y", "output", { loss: "mse" })),
    facts: { inputs: { x: [4] }, outputs: { y: {} } },
    encodings: { y: "value" },
    train: { ...train, batch_size: 6 },
    rows: 6,
    steps: 10,
    draw: () => {
      const drawing = new Drawing(3000);
      return { inputs: { x: drawing.signed([6, 4]) }, targets: { y: drawing.signed([6, 2]) } };
    },
  };
}

/** Large enough that gradients behind the maxima go the sparse way (core/kernels/wasm/kernels/sparse-convolution.ts). */
const words: NetworkScenario = {
  name: "embedding, convolutions of two widths, max over time, Adam",
  graph: graphOf(
    [
      node("x", "input"),
      node("vectors", "embedding", { input_dim: 24, output_dim: 24 }),
      node("threes", "conv_1d", { filters: 8, kernel_size: 3, activation: "relu" }),
      node("fours", "conv_1d", { filters: 8, kernel_size: 4, activation: "relu" }),
      node("most_threes", "global_max_pooling_1d"),
      node("most_fours", "global_max_pooling_1d"),
      node("both", "concatenate"),
      dense("classes", 2, "softmax"),
      node("y", "output", { loss: "categorical_crossentropy" }),
    ],
    [
      ["x", "vectors"],
      ["vectors", "threes"],
      ["vectors", "fours"],
      ["threes", "most_threes"],
      ["fours", "most_fours"],
      ["most_threes", "both"],
      ["most_fours", "both"],
      ["both", "classes"],
      ["classes", "y"],
    ],
  ),
  facts: { inputs: { x: [24] }, outputs: { y: { classes: 2 } } },
  encodings: { y: "class_index" },
  train: { optimizer: { type: "adam", learning_rate: 0.003 }, batch_size: 16 },
  rows: 64,
  steps: 50,
  draw: () => {
    const drawing = new Drawing(2004);
    const x = drawing.classes([64, 24], 24);
    // Something to learn: whether two of the first four words stand side by side anywhere.
    const y = Array.from({ length: 64 }, (_, row) =>
      x.values.slice(row * 24, (row + 1) * 24).some((word, t, all) => word < 4 && (all[t + 1] ?? 24) < 4) ? 1 : 0,
    );
    return { inputs: { x }, targets: { y: { shape: [64], values: y } } };
  },
};

export const wholeNetworks: readonly NetworkScenario[] = [classifier, tabular, branches, words];
export const optimizerScenarios: readonly NetworkScenario[] = [
  ...Object.entries(OPTIMIZERS).map(([name, train]) => small(name, train)),
  ...Object.entries(PENALTIES).map(([name, penalties]) => small(name, { optimizer: { type: "sgd", learning_rate: 0.1 } }, penalties)),
];
