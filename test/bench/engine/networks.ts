/**
 * The workloads W1 to W8 as designs of the program: the one place where they are defined on this side. Benchmarks, parity with
 * PyTorch and the tests of memory and heap take them from here; torch_steps.py and peers/ have the same networks for the others.
 */
import type { PreparedPart } from "../../../core/data/prepared.ts";
import type { EdgeDocument, GraphDocument, NodeDocument } from "../../../core/graph/document.ts";
import type { KernelBackend } from "../../../core/kernels/backend.ts";
import { layerDefinition } from "../../../core/layers/registry.ts";
import { makeModelSpec } from "../../../core/spec/model.ts";
import { readTraining, type TrainingOptions } from "../../../core/spec/training.ts";
import { Network } from "../../../core/train/network.ts";
import { rowsOf } from "./rows.ts";
import type { Workload } from "./workload.ts";

type Config = NodeDocument["config"];
type Layer = readonly [type: string, config: Config];
const dense = (units: number, activation = "linear"): Layer => ["dense", { units, activation }];
const drop = (rate: number): readonly Layer[] => (rate === 0 ? [] : [["dropout", { rate }]]);

const nodeOf = (id: string, [type, config]: Layer): NodeDocument => ({
  id,
  type,
  name: id,
  config,
  position: { x: 0, y: 0 },
  shared_with: null,
  bypassed: false,
});

/** @param edges `from to` or `from to port`; without a port the first one of the target */
function graphOf(layers: Readonly<Record<string, Layer>>, edges: readonly string[]): GraphDocument {
  const nodes = Object.entries(layers).map(([id, layer]) => nodeOf(id, layer));
  const portsOf = (id: string) => layerDefinition(layers[id]?.[0] ?? "")?.ports;
  const edgeOf = (text: string, i: number): EdgeDocument => {
    const [source = "", target = "", port] = text.split(" ");
    return {
      id: `e${i}`,
      source,
      source_port: portsOf(source)?.outputs[0]?.name ?? "output",
      target,
      target_port: port ?? portsOf(target)?.inputs[0]?.name ?? "input",
    };
  };
  return { nodes, edges: edges.map(edgeOf), groups: [] };
}

/** Each layer feeds the next, from the input `x` to the output `y`. */
function chainOf(layers: readonly Layer[], loss: string): GraphDocument {
  const named = Object.fromEntries(layers.map((layer, i) => [`layer_${i + 1}`, layer]));
  const all = { x: ["input", {}] as Layer, ...named, y: ["output", { loss }] as Layer };
  const ids = Object.keys(all);
  return graphOf(
    all,
    ids.slice(1).map((id, i) => `${ids[i]} ${id}`),
  );
}

const adam = { optimizer: { type: "adam" } } as const;
const classified = { encoding: "class_index", train: adam, rows: "normal", batches: 20 } as const;
const CLASSES = "categorical_crossentropy";

function tabular(rate: number): Workload {
  const block: readonly Layer[] = [dense(256, "relu"), ["batch_normalization", {}], ...drop(rate)];
  return {
    about: `63 features: BN, 2 × (dense 256 relu, BN${rate === 0 ? "" : `, dropout ${rate}`}), dense 1, batch 512`,
    graph: chainOf([["batch_normalization", {}], ...block, ...block, dense(1, "sigmoid")], "binary_crossentropy"),
    inputShape: [63],
    rows: "normal",
    encoding: "binary",
    classes: 2,
    batch: 512,
    batches: 20,
    train: adam,
  };
}

function textConvolution(rate: number): Workload {
  const widths = [3, 4, 5];
  const layers: Record<string, Layer> = {
    x: ["input", {}],
    words: ["embedding", { input_dim: 10_000, output_dim: 128 }],
    ...Object.fromEntries(
      widths.flatMap((w) => [
        [`windows_${w}`, ["conv_1d", { filters: 100, kernel_size: w, activation: "relu" }]],
        [`most_${w}`, ["global_max_pooling_1d", {}]],
      ]),
    ),
    all: ["concatenate", {}],
    ...Object.fromEntries(drop(rate).map((layer) => ["dropped", layer])),
    classes: dense(2, "softmax"),
    y: ["output", { loss: CLASSES }],
  };
  const branches = widths.flatMap((w) => [`words windows_${w}`, `windows_${w} most_${w}`, `most_${w} all`]);
  const end = rate === 0 ? ["all classes"] : ["all dropped", "dropped classes"];
  return {
    ...classified,
    about: `embedding 10,000 × 128, length 64, convolutions of widths 3, 4, 5 × 100, max over time, ${rate === 0 ? "" : `dropout ${rate}, `}dense 2, batch 64`,
    graph: graphOf(layers, ["x words", ...branches, ...end, "classes y"]),
    inputShape: [64],
    rows: "tokens",
    classes: 2,
    batch: 64,
  };
}

/** Two encoder layers as torch.nn.TransformerEncoderLayer makes them: normalization after the sum, dropout in four places. */
function transformer(rate: number): Workload {
  const layers: Record<string, Layer> = { x: ["input", {}] };
  const edges: string[] = [];
  const then = (from: string, id: string, layer: Layer): string => {
    layers[id] = layer;
    edges.push(`${from} ${id}`);
    return id;
  };
  const dropped = (from: string, id: string): string => drop(rate).reduce((before, layer) => then(before, id, layer), from);
  let h = "x";
  for (const k of [1, 2]) {
    layers[`attention_${k}`] = ["multi_head_attention", { num_heads: 4, key_dim: 16, dropout: rate }];
    for (const port of ["query", "key", "value"]) edges.push(`${h} attention_${k} ${port}`);
    const attended = then(dropped(`attention_${k}`, `drop_${k}a`), `sum_${k}a`, ["add", {}]);
    edges.push(`${h} ${attended}`);
    const middle = then(attended, `norm_${k}a`, ["layer_normalization", { epsilon: 1e-5 }]);
    const wide = dropped(then(middle, `wide_${k}`, dense(256, "relu")), `drop_${k}b`);
    const fed = then(dropped(then(wide, `narrow_${k}`, dense(64)), `drop_${k}c`), `sum_${k}b`, ["add", {}]);
    edges.push(`${middle} ${fed}`);
    h = then(fed, `norm_${k}b`, ["layer_normalization", { epsilon: 1e-5 }]);
  }
  then(then(then(h, "mean", ["global_average_pooling_1d", {}]), "classes", dense(10, "softmax")), "y", ["output", { loss: CLASSES }]);
  return {
    ...classified,
    about: `transformer encoder, 2 layers, width 64, 4 heads, feed-forward 256, length 64${rate === 0 ? "" : `, dropout ${rate}`}, batch 32`,
    graph: graphOf(layers, edges),
    inputShape: [64, 64],
    classes: 10,
    batch: 32,
  };
}

/** The waves and their next value; "steps x features". */
const sequence = (cell: Layer, steps: number, features: number, batch: number): Omit<Workload, "about"> => ({
  graph: chainOf([cell, dense(1)], "mse"),
  inputShape: [steps, features],
  rows: "waves",
  encoding: "value",
  classes: 0,
  batch,
  batches: 20,
  train: adam,
});

export const workloads: Readonly<Record<string, Workload>> = {
  W1: {
    ...classified,
    about: "dense 784-128-64-10, relu, batch 64",
    graph: chainOf([dense(128, "relu"), dense(64, "relu"), dense(10, "softmax")], CLASSES),
    inputShape: [784],
    classes: 10,
    batch: 64,
  },
  W2: tabular(0.3),
  W2d0: tabular(0),
  W3: {
    ...classified,
    about: "conv 3×3×16, pool 2, conv 3×3×32, pool 2, dense 128, dense 10 on 28×28×1, relu, batch 64",
    graph: chainOf(
      [
        ["conv_2d", { filters: 16, activation: "relu" }],
        ["max_pooling_2d", {}],
        ["conv_2d", { filters: 32, activation: "relu" }],
        ["max_pooling_2d", {}],
        ["flatten", {}],
        dense(128, "relu"),
        dense(10, "softmax"),
      ],
      CLASSES,
    ),
    inputShape: [28, 28, 1],
    classes: 10,
    batch: 64,
  },
  W4: { about: "LSTM 50 over 50 steps × 1 feature, dense 1, batch 32", ...sequence(["lstm", { units: 50 }], 50, 1, 32) },
  W4b: { about: "GRU 64 over 100 steps × 8 features, dense 1, batch 64", ...sequence(["gru", { units: 64 }], 100, 8, 64) },
  W5: textConvolution(0.5),
  W5d0: textConvolution(0),
  W6: transformer(0.1),
  W6d0: transformer(0),
  W7: {
    about: "dense 2-8-8-1, tanh, SGD, batch 10",
    graph: chainOf([dense(8, "tanh"), dense(8, "tanh"), dense(1, "tanh")], "mse"),
    inputShape: [2],
    rows: "xor",
    encoding: "value",
    classes: 0,
    batch: 10,
    batches: 20,
    train: { optimizer: { type: "sgd", learning_rate: 0.03 } },
  },
  W8: {
    ...classified,
    about: "dense 1024-2048-2048-1000, relu, batch 256",
    graph: chainOf([dense(2048, "relu"), dense(2048, "relu"), dense(1000, "softmax")], CLASSES),
    inputShape: [1024],
    classes: 1000,
    batch: 256,
    batches: 4,
  },
};

export function workloadNamed(name: string): Workload {
  const workload = workloads[name];
  if (workload === undefined) throw new Error(`no workload ${name}; known: ${Object.keys(workloads).join(", ")}`);
  return workload;
}

/** Layers that a workload needs and that nobody has made yet. */
export function missingLayers({ graph }: Workload): string[] {
  return [...new Set(graph.nodes.map(({ type }) => type))].filter((type) => layerDefinition(type) === undefined);
}

export const workloadNames = (): string[] => Object.keys(workloads).filter((name) => missingLayers(workloadNamed(name)).length === 0);

export interface Opened {
  readonly network: Network;
  readonly training: TrainingOptions;
  readonly data: PreparedPart;
  readonly learningRate: number;
  /** Building, planning, writing and compiling its programs. */
  readonly compileMs: number;
}

/** Who brings the rows; left out: the thread that trains. */
export type Feed = (part: PreparedPart, training: TrainingOptions) => PreparedPart;

/** The network with fresh weights, and its rows; both from fixed seeds. */
export function openWorkload(workload: Workload, backend: KernelBackend, feed: Feed = (part) => part): Opened {
  const { graph, batch, batches, inputShape, encoding, classes, train } = workload;
  const spec = makeModelSpec(graph, { inputs: { x: inputShape }, outputs: { y: classes === 0 ? { columns: 1 } : { classes } } });
  const training = readTraining({ ...train, batch_size: batch, shuffle: false });
  const data = feed(rowsOf(workload), training);
  const brought = data.batches === undefined ? {} : { batches: data.batches };
  const begun = performance.now();
  const network = new Network({ spec, training, encodings: { y: encoding }, backend, trainingRows: batch * batches, ...brought });
  const compileMs = performance.now() - begun;
  network.initialise(0);
  const learningRate = training.optimizer.config["learning_rate"] as number;
  return { network, training, data, learningRate, compileMs };
}

export interface Stepper {
  readonly network: Network;
  readonly compileMs: number;
  /** One training step on the next batch; the loss before it. */
  step(): number;
}

export function makeStepper(name: string, backend: KernelBackend, feed?: Feed): Stepper {
  return stepperOf(workloadNamed(name), backend, feed);
}

export function stepperOf(workload: Workload, backend: KernelBackend, feed?: Feed): Stepper {
  const { batch, batches } = workload;
  const { network, data, learningRate, compileMs } = openWorkload(workload, backend, feed);
  const order = network.shuffledOrder(data.rowCount, 0);
  let step = 0;
  return { network, compileMs, step: () => network.trainStep(data, order, (step % batches) * batch, step++, learningRate, null) };
}
