/** A training of a few steps that both sides can take: the network, its rows and its first weights, as numbers in memory. */
import type { PreparedPart } from "../../core/data/prepared.ts";
import type { TargetEncoding } from "../../core/data/rows.ts";
import type { KernelBackend } from "../../core/kernels/backend.ts";
import type { ModelSpec } from "../../core/spec/model-spec.ts";
import type { TrainingOptions } from "../../core/spec/training.ts";
import { Network } from "../../core/train/network.ts";

export interface ParityRun {
  readonly spec: ModelSpec;
  /** Unshuffled, with the batch of the run. */
  readonly training: TrainingOptions;
  readonly encodings: Readonly<Record<string, TargetEncoding>>;
  readonly data: PreparedPart;
  /** Parameters and states by full name. */
  readonly initial: ReadonlyMap<string, Float32Array>;
  readonly batch: number;
  readonly steps: number;
}

export interface OurAnswer {
  readonly losses: readonly number[];
  /** Of the first step, by full name. */
  readonly gradients: ReadonlyMap<string, ArrayLike<number>>;
}

/** Trains here from the run's weights over its rows in order, round and round. */
export function trainHere(run: ParityRun, backend: KernelBackend, withGradients = false): OurAnswer {
  const { spec, training, encodings, data, initial, batch, steps } = run;
  const network = new Network({ spec, training, encodings, backend, trainingRows: data.rowCount });
  network.initialise(0);
  for (const { fullName } of network.parameters) network.view("parameter", fullName).set(initial.get(fullName) ?? []);
  for (const { fullName } of network.states) network.view("state", fullName).set(initial.get(fullName) ?? []);
  const order = network.shuffledOrder(data.rowCount, 1);
  const learningRate = training.optimizer.config["learning_rate"] as number;
  const losses: number[] = [];
  const gradients = new Map<string, ArrayLike<number>>();
  for (let step = 0; step < steps; step++) {
    losses.push(network.trainStep(data, order, (step * batch) % data.rowCount, step, learningRate, null));
    if (step === 0 && withGradients)
      for (const { fullName, trainable } of network.parameters)
        if (trainable) gradients.set(fullName, network.view("gradient", fullName).slice());
  }
  return { losses, gradients };
}

/** Weights as the program's own initializers draw them. */
export function initialWeights(network: Network): Map<string, Float32Array> {
  return new Map([
    ...network.parameters.map(({ fullName }) => [fullName, Float32Array.from(network.view("parameter", fullName))] as const),
    ...network.states.map(({ fullName }) => [fullName, Float32Array.from(network.view("state", fullName))] as const),
  ]);
}
