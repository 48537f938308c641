/**
 * The adding problem (Hochreiter & Schmidhuber 1997): a sequence of numbers of which two are marked, one in each half; the answer is
 * their sum. Whoever forgets what lies fifty steps back does no better than the mean, with an error of 1/6.
 */
import { Random } from "../../core/data/random.ts";
import { at } from "../../core/ir/op.ts";
import type { Tensor } from "../../core/ir/tensor.ts";
import type { KernelBackend } from "../../core/kernels/backend.ts";
import { NO_NOTES } from "../../core/layers/layer.ts";
import { layerDefinition } from "../../core/layers/registry.ts";
import { validateConfig } from "../../core/schema/validate.ts";
import { makeModelSpec } from "../../core/spec/model.ts";
import { readTraining } from "../../core/spec/training.ts";
import { Network } from "../../core/train/network.ts";
import { oracle } from "./backends.ts";
import { chain, node, partOf } from "./design.ts";
import { SmallProgram, sumWeights, weightedSum } from "./program.ts";

export const LENGTH = 100;
const ROWS = 3200;
const BATCH = 32;
const UNITS = 16;
/** Steps over which the losses of batches are averaged, about. */
const MEMORY = 50;

export function addingRows(rows: number, seed: number) {
  const random = new Random(seed);
  const values = new Float32Array(rows * LENGTH * 2);
  const targets = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const marks = [random.below(LENGTH / 2), LENGTH / 2 + random.below(LENGTH / 2)];
    for (let t = 0; t < LENGTH; t++) {
      const place = (row * LENGTH + t) * 2;
      const value = random.float();
      values[place] = value;
      if (!marks.includes(t)) continue;
      values[place + 1] = 1;
      targets[row] = (targets[row] ?? 0) + value;
    }
  }
  return partOf(rows, { x: { shape: [LENGTH, 2], values } }, { y: { shape: [1], values: targets } });
}

export interface Learned {
  readonly network: Network;
  /** Mean squared error on rows that were not trained on. */
  readonly error: number;
  readonly steps: number;
}

/** Trains until the mean loss is below `goal`, or for `most` steps. */
export function learnAdding(type: string, backend: KernelBackend, goal: number, most: number): Learned {
  const nodes = [
    node("x", "input"),
    node("cell", type, { units: UNITS }),
    node("p", "dense", { units: 1 }),
    node("y", "output", { loss: "mse" }),
  ];
  const spec = makeModelSpec(chain(...nodes), { inputs: { x: [LENGTH, 2] }, outputs: { y: { columns: 1 } } });
  const training = readTraining({ optimizer: { type: "adam", learning_rate: 0.01 }, batch_size: BATCH, global_clipnorm: 1 });
  const network = new Network({ spec, training, encodings: { y: "value" }, backend, trainingRows: ROWS });
  network.initialise(1);
  const data = addingRows(ROWS, 7);
  let mean = 0.2;
  let step = 0;
  for (let epoch = 0; step < most && mean > goal; epoch++) {
    const order = network.shuffledOrder(ROWS, epoch);
    for (let from = 0; from < ROWS && step < most && mean > goal; from += BATCH)
      mean += (network.trainStep(data, order, from, step++, 0.01, null) - mean) / MEMORY;
  }
  return { network, error: network.evaluate(addingRows(256, 99)).loss, steps: step };
}

/** Root mean square of ∂ last state / ∂ x, step by step, in float64, over a few samples, with the weights of a trained network. */
export function sensitivity(type: string, { network }: Pick<Learned, "network">): number[] {
  const definition = layerDefinition(type);
  if (definition === undefined) throw new Error(`no layer '${type}'`);
  const rows = 8;
  const config = validateConfig(definition.schema, { units: UNITS }, type);
  const tensors: Tensor[] = [];
  const parameters: Record<string, Tensor> = {};
  const program = new SmallProgram(oracle, (builder) => {
    const x = builder.tensor([rows, LENGTH, 2], "parameter", "x");
    for (const { name, shape } of definition.parameters?.({ config, inputs: [[LENGTH, 2]] }) ?? [])
      parameters[name] = builder.tensor(shape, "parameter", name);
    const built = definition.build({
      builder,
      config,
      inputs: [x],
      parameters,
      states: {},
      training: false,
      stream: 0,
      seed: 0,
      ...NO_NOTES,
    });
    const weights = sumWeights(builder, built.slice(0, 1));
    tensors.push(x, ...weights);
    return { results: [], loss: weightedSum(builder, built.slice(0, 1), weights) };
  });
  const [x, weights] = tensors as [Tensor, Tensor];
  for (const [name, tensor] of Object.entries(parameters)) program.write(tensor, network.view("parameter", `cell/${name}`));
  program.write(x, at([addingRows(rows, 5).inputs["x"]?.values ?? []], 0)).write(weights, new Float64Array(rows * UNITS).fill(1));
  const gradient = program.run().gradient(x);
  return Array.from({ length: LENGTH }, (_, t) => {
    let sum = 0;
    for (let row = 0; row < rows; row++) for (const k of [0, 1]) sum += at(gradient, (row * LENGTH + t) * 2 + k) ** 2;
    return Math.sqrt(sum / (2 * rows));
  });
}
