/** A run on two moons by the path of every run: design, preparation, network, loop. Dropout, batch normalization, shuffling. */
import { generate } from "../../core/data/generators/generator.ts";
import { generatorNamed } from "../../core/data/generators/generators.ts";
import type { Table } from "../../core/data/table.ts";
import type { DataDocument, DesignDocument } from "../../core/graph/document.ts";
import type { KernelBackend } from "../../core/kernels/backend.ts";
import { readTraining, type TrainingOptions } from "../../core/spec/training.ts";
import { freshState, type LoopState, trainingLoop } from "../../core/train/loop.ts";
import { Network } from "../../core/train/network.ts";
import { type PreparedDesign, prepareDesign } from "../../core/train/prepare-design.ts";
import { chain, node } from "./design.ts";

const data: DataDocument = {
  source: { kind: "builtin", name: "two_moons", options: {} },
  columns: [
    { name: "x1", type: "numeric", role: "feature" },
    { name: "x2", type: "numeric", role: "feature" },
    { name: "label", type: "categorical", role: "target" },
  ],
  steps: [{ type: "standardise", columns: ["x1", "x2"] }],
  // 20 is not the seed of training: the rows of both parts stay the same when that changes.
  split: { method: "stratified", validation_fraction: 0.25, seed: 20 },
  feature_count: null,
  class_count: null,
};

export interface Run {
  readonly design: PreparedDesign;
  readonly training: TrainingOptions;
  readonly network: Network;
}

/** 84 rows to train on in batches of 16: five whole ones and one of 4 in an epoch. */
export const MOONS = 112;

/** @param frozen names of layers whose weights stay */
export function moonsDesign(train: Readonly<Record<string, unknown>> = {}, frozen: readonly string[] = []): DesignDocument {
  const document = { optimizer: { type: "adam", learning_rate: 0.01 }, batch_size: 16, epochs: 10, ...train };
  const graph = chain(
    node("x", "input"),
    node("hidden", "dense", { units: 12, activation: "relu" }),
    node("normalize", "batch_normalization"),
    node("drop", "dropout", { rate: 0.25 }),
    node("more", "dense", { units: 6, activation: "tanh" }),
    node("drop_again", "dropout", { rate: 0.25 }),
    node("probability", "dense", { units: 1, activation: "sigmoid" }),
    node("y", "output", { loss: "binary_crossentropy" }),
  );
  const nodes = graph.nodes.map((one) => (frozen.includes(one.id) ? { ...one, frozen: true } : one));
  return { format: "neuroloom-design", format_version: 1, name: "moons", graph: { ...graph, nodes }, data, train: document, notes: "" };
}

export const moonsTable = (): Table => generate(generatorNamed("two_moons"), { count: MOONS, noise: 0.2, seed: 3 });

export function moonsRun(backend: KernelBackend, train: Readonly<Record<string, unknown>> = {}, frozen: readonly string[] = []): Run {
  const document = moonsDesign(train, frozen);
  const design = prepareDesign(document, moonsTable());
  const training = readTraining(document.train);
  const network = new Network({
    spec: design.spec,
    training,
    encodings: design.encodings,
    backend,
    trainingRows: design.prepared.training.rowCount,
  });
  network.initialise(training.seed);
  return { design, training, network };
}

export function loopOf({ design, training, network }: Run, state: LoopState): ReturnType<typeof trainingLoop> {
  return trainingLoop({ network, data: design.prepared, training, outputs: design.outputs, state });
}

/** Goes on from a state until `steps` have been done over the whole run, or to the end. */
export function advance(run: Run, state: LoopState = freshState(), steps = Number.POSITIVE_INFINITY): LoopState {
  for (const report of loopOf(run, state)) if (report.kind === "step" && report.step >= steps) break;
  return state;
}

/** Everything that the next step depends on, to the bit: hexadecimal words of weights, states and moments. */
export function bitsOf({ network }: Run): readonly string[] {
  return (["parameter", "state", "slot"] as const).map((role) => {
    const block = network.block(role).slice();
    return [...new Uint32Array(block.buffer)].map((word) => word.toString(16)).join(" ");
  });
}
