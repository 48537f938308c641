/**
 * Trainings that are compared with Keras itself: penalties of weights, bias and outputs, constraints, frozen layers, PReLU and
 * averaged weights. Six steps of gradient descent on the same rows from the same weights.
 */
import type { GraphDocument } from "../../../core/graph/document.ts";
import type { KernelBackend } from "../../../core/kernels/backend.ts";
import { makeModelSpec } from "../../../core/spec/model.ts";
import { readTraining } from "../../../core/spec/training.ts";
import { Network } from "../../../core/train/network.ts";
import { chain, node, partOf } from "../../engine/design.ts";
import type { Values } from "./golden-file.ts";

export const STEPS = 6;
const ROWS = 6;
const INPUTS = 4;

/** A dense layer of Keras: kernel and bias, then what the scenario asks for. */
type Dense = Readonly<Record<string, unknown>>;

export interface KerasScenario {
  readonly name: string;
  readonly first: Dense;
  readonly second: Dense;
  readonly use_ema: boolean;
  /** Names of layers that keep their weights. */
  readonly frozen: readonly string[];
}
export interface KerasCase extends KerasScenario {
  readonly inputs: readonly number[];
  readonly targets: readonly number[];
  readonly initial: Readonly<Record<string, Values>>;
  readonly result: { readonly losses: readonly number[]; readonly trained: Readonly<Record<string, Values>> };
}

export const kerasScenarios: readonly KerasScenario[] = [
  {
    name: "max_norm, unit_norm, penalties of kernel, bias and output, prelu",
    first: {
      units: 5,
      activation: "tanh",
      kernel_constraint: "max_norm",
      kernel_max_norm: 0.6,
      activity_l1: 0.02,
      activity_l2: 0.1,
      bias_l1: 0.05,
      bias_l2: 0.1,
      l2: 0.03,
    },
    second: { units: 3, activation: "prelu", kernel_constraint: "unit_norm" },
    use_ema: false,
    frozen: [],
  },
  {
    name: "averaged weights",
    first: { units: 5, activation: "tanh", l1: 0.01 },
    second: { units: 3, activation: "prelu" },
    use_ema: true,
    frozen: [],
  },
  {
    name: "a frozen layer with a penalty, a frozen normalization, non_neg",
    first: { units: 5, activation: "tanh", l2: 0.2 },
    second: { units: 3, activation: "relu", kernel_constraint: "non_neg", bias_initializer: "constant" },
    use_ema: false,
    frozen: ["first", "normal"],
  },
];

const graphOf = ({ first, second, frozen }: KerasScenario): GraphDocument =>
  chain(
    ...[
      node("x", "input"),
      node("first", "dense", first),
      node("normal", "batch_normalization"),
      node("second", "dense", second),
      node("last", "dense", { units: 1 }),
      node("y", "output", { loss: "mse" }),
    ].map((one) => (frozen.includes(one.id) ? { ...one, frozen: true } : one)),
  );

export const inputs = Array.from({ length: ROWS * INPUTS }, (_, i) => Math.fround(Math.sin(1 + 2 * i)));
export const targets = Array.from({ length: ROWS }, (_, i) => Math.fround(Math.cos(3 * i)));

export function networkOf(scenario: KerasScenario, backend: KernelBackend): Network {
  const training = readTraining({
    batch_size: ROWS,
    use_ema: scenario.use_ema,
    ema_momentum: 0.9,
    optimizer: { type: "sgd", learning_rate: 0.1 },
  });
  const spec = makeModelSpec(graphOf(scenario), { inputs: { x: [INPUTS] }, outputs: { y: {} } });
  const network = new Network({ spec, training, encodings: { y: "value" }, backend, trainingRows: ROWS });
  network.initialise(3);
  for (const { name, fullName } of network.parameters) if (name === "activation_alpha") network.view("parameter", fullName).fill(0.25);
  return network;
}

/** Losses of the steps; the network is left as a training leaves it. */
export function train(network: Network): number[] {
  const data = partOf(ROWS, { x: { shape: [INPUTS], values: inputs } }, { y: { shape: [1], values: targets } });
  const order = Uint32Array.from({ length: ROWS }, (_, i) => i);
  const losses = Array.from({ length: STEPS }, (_, step) => network.trainStep(data, order, 0, step, 0.1, null));
  network.keepAveragedWeights();
  return losses;
}

/** Parameters and moving statistics by name. */
export function weightsOf(network: Network): Record<string, Values> {
  const values =
    (role: "parameter" | "state") =>
    ({ fullName, shape }: { fullName: string; shape: readonly number[] }): [string, Values] => [
      fullName,
      { shape, values: [...network.view(role, fullName)] },
    ];
  return Object.fromEntries([...network.parameters.map(values("parameter")), ...network.states.map(values("state"))]);
}
