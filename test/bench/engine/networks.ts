/**
 * The networks whose training steps are measured, as the program trains them: a spec, options and rows of random
 * numbers. torch_steps.py has the same ones for PyTorch.
 */
import type { PreparedPart, TargetEncoding } from "../../../core/data/prepared.ts";
import { Random } from "../../../core/data/random.ts";
import { type Shape, sizeOf } from "../../../core/ir/tensor.ts";
import type { KernelBackend } from "../../../core/kernels/backend.ts";
import { makeModelSpec } from "../../../core/spec/model.ts";
import { readTraining } from "../../../core/spec/training.ts";
import { Network } from "../../../core/train/network.ts";

type Layer = readonly [type: string, config: Readonly<Record<string, string | number | readonly number[]>>];

interface Workload {
  readonly layers: readonly Layer[];
  readonly inputShape: Shape;
  readonly loss: string;
  readonly encoding: TargetEncoding;
  readonly classes: number;
  readonly batch: number;
  readonly batches: number;
  readonly optimizer: Readonly<Record<string, string | number>>;
}

const dense = (units: number, activation = "linear"): Layer => ["dense", { units, activation }];
const tabular = (rate: number): readonly Layer[] => {
  const drop: readonly Layer[] = rate === 0 ? [] : [["dropout", { rate }]];
  return [
    ["batch_normalization", {}],
    dense(256, "relu"),
    ["batch_normalization", {}],
    ...drop,
    dense(256, "relu"),
    ["batch_normalization", {}],
    ...drop,
    dense(1, "sigmoid"),
  ];
};
const tabularRest = {
  inputShape: [63],
  loss: "binary_crossentropy",
  encoding: "binary",
  classes: 2,
  batch: 512,
  batches: 20,
  optimizer: { type: "adam" },
} as const;
const classified = { loss: "categorical_crossentropy", encoding: "class_index", optimizer: { type: "adam" } } as const;

export const workloads: Readonly<Record<string, Workload>> = {
  W1: {
    ...classified,
    layers: [dense(128, "relu"), dense(64, "relu"), dense(10, "softmax")],
    inputShape: [784],
    classes: 10,
    batch: 64,
    batches: 20,
  },
  W2: { ...tabularRest, layers: tabular(0.3) },
  W2d0: { ...tabularRest, layers: tabular(0) },
  W3: {
    ...classified,
    layers: [
      ["conv_2d", { filters: 16, activation: "relu" }],
      ["max_pooling_2d", {}],
      ["conv_2d", { filters: 32, activation: "relu" }],
      ["max_pooling_2d", {}],
      ["flatten", {}],
      dense(128, "relu"),
      dense(10, "softmax"),
    ],
    inputShape: [28, 28, 1],
    classes: 10,
    batch: 64,
    batches: 20,
  },
  W7: {
    layers: [dense(8, "tanh"), dense(8, "tanh"), dense(1, "tanh")],
    inputShape: [2],
    loss: "mse",
    encoding: "value",
    classes: 0,
    batch: 10,
    batches: 20,
    optimizer: { type: "sgd", learning_rate: 0.03 },
  },
  W8: {
    ...classified,
    layers: [dense(2048, "relu"), dense(2048, "relu"), dense(1000, "softmax")],
    inputShape: [1024],
    classes: 1000,
    batch: 256,
    batches: 4,
  },
};

export interface Stepper {
  readonly network: Network;
  /** One training step on the next batch; the loss before it. */
  step(): number;
}

export function makeStepper(name: string, backend: KernelBackend): Stepper {
  const workload = workloads[name];
  if (workload === undefined) throw new Error(`no workload ${name}; known: ${Object.keys(workloads).join(", ")}`);
  const { batch, batches, inputShape, encoding, classes } = workload;
  const chain: Layer[] = [["input", {}], ...workload.layers, ["output", { loss: workload.loss }]];
  const nodes = chain.map(([type, config], i) => ({
    id: `n${i}`,
    type,
    name: `${type}_${i}`,
    config,
    position: { x: 0, y: 0 },
    shared_with: null,
    bypassed: false,
  }));
  const edges = nodes
    .slice(1)
    .map((node, i) => ({ id: `e${i}`, source: `n${i}`, source_port: "output", target: node.id, target_port: "input" }));
  const outputId = `n${chain.length - 1}`;
  const spec = makeModelSpec(
    { nodes, edges, groups: [] },
    { inputs: { n0: inputShape }, outputs: { [outputId]: classes === 0 ? { columns: 1 } : { classes } } },
  );
  const rows = batch * batches;
  const training = readTraining({ optimizer: workload.optimizer, batch_size: batch, shuffle: false });
  const network = new Network({ spec, training, encodings: { [outputId]: encoding }, backend, trainingRows: rows });
  network.initialise(0);
  const random = new Random(1);
  const numbers = Float32Array.from({ length: rows * sizeOf(inputShape) }, () => random.normal());
  const targets = Float32Array.from({ length: rows }, () => (classes === 0 ? random.normal() : random.below(classes)));
  const data: PreparedPart = {
    rowCount: rows,
    rowIds: Uint32Array.from({ length: rows }, (_, i) => i),
    inputs: { n0: { values: numbers, shape: inputShape } },
    targets: { [outputId]: { values: targets, shape: [1] } },
  };
  const order = network.shuffledOrder(rows, 0);
  const learningRate = training.optimizer.config["learning_rate"] as number;
  let step = 0;
  return { network, step: () => network.trainStep(data, order, (step % batches) * batch, step++, learningRate, null) };
}
