/** What library.test.ts trains in Node and in Chromium, by the public API alone. */
import {
  createWasmBackend,
  makeModelSpec,
  openTraining,
  Random,
  type SequentialLayer,
  type SpawnHelper,
  sequential,
} from "../../core/index.ts";

interface LibraryNetwork {
  readonly layers: readonly SequentialLayer[];
  readonly loss: string;
  readonly shape: readonly number[];
  readonly classes: number;
  readonly batch: number;
}

const dense = (units: number, activation: string): SequentialLayer => ["dense", { units, activation }];

export const NETWORKS: Readonly<Record<string, LibraryNetwork>> = {
  "W7: dense 2-8-8-1": { layers: [dense(8, "tanh"), dense(8, "tanh"), dense(1, "tanh")], loss: "mse", shape: [2], classes: 0, batch: 10 },
  "dense 64-32-16-4": {
    layers: [dense(32, "relu"), dense(16, "relu"), dense(4, "softmax")],
    loss: "categorical_crossentropy",
    shape: [64],
    classes: 4,
    batch: 16,
  },
  "conv 8×8": {
    layers: [
      ["conv_2d", { filters: 4, activation: "relu" }],
      ["max_pooling_2d"],
      ["batch_normalization"],
      ["flatten"],
      dense(3, "softmax"),
    ],
    loss: "categorical_crossentropy",
    shape: [8, 8, 1],
    classes: 3,
    batch: 8,
  },
};

export interface TrainedBits {
  readonly losses: readonly number[];
  /** The weights after the last step, as the bits that they are. */
  readonly weights: readonly number[];
}

const STEPS = 20;

/** Helper threads beside the one that trains; none where nothing is given. */
export interface Helpers {
  readonly count: number;
  readonly spawn: SpawnHelper;
}

export function trainedBits(name: string, arithmetic: "fast" | "reproducible", helpers?: Helpers): TrainedBits {
  const network = NETWORKS[name];
  if (network === undefined) throw new Error(`no network '${name}'`);
  const { layers, loss, shape, classes, batch } = network;
  const random = new Random(3);
  const width = shape.reduce((a, b) => a * b, 1);
  const x = Float32Array.from({ length: batch * width }, () => random.normal());
  const y = Float32Array.from({ length: batch }, () => (classes === 0 ? Math.sign(random.normal()) : random.below(classes)));
  const spec = makeModelSpec(sequential(layers, loss), { inputs: { x: shape }, outputs: {} });
  const training = { epochs: STEPS, batch_size: batch, optimizer: { type: "adam", learning_rate: 0.01 } };
  const backend = createWasmBackend(
    helpers === undefined ? { arithmetic, threads: 1 } : { arithmetic, threads: helpers.count + 1, spawn: helpers.spawn, worthSharing: 0 },
  );
  const opened = openTraining({ spec, inputs: { x }, targets: { y }, training, backend });
  const losses: number[] = [];
  for (const report of opened.loop) if (report.kind === "step") losses.push(report.loss);
  if (helpers !== undefined) backend.close();
  const weights = new Float32Array(opened.network.block("parameter"));
  return { losses, weights: [...new Uint32Array(weights.buffer)] };
}
