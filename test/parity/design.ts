/**
 * A random design as a few lines of JSON: the graph, what its inputs hold, and a seed from which rows and weights are drawn again
 * whenever it is trained. Designs that ever failed are kept as such files in test/golden/engine/designs.
 */
import type { PreparedPart } from "../../core/data/prepared.ts";
import { Random } from "../../core/data/random.ts";
import type { Rows, TargetEncoding } from "../../core/data/rows.ts";
import type { GraphDocument } from "../../core/graph/document.ts";
import { type Shape, sizeOf } from "../../core/ir/tensor.ts";
import { createReferenceBackend } from "../../core/kernels/reference/backend.ts";
import { lossDefinition } from "../../core/losses/definitions.ts";
import { definitionOf, layersOfRole, makeModelSpec } from "../../core/spec/model.ts";
import type { LayerSpec } from "../../core/spec/model-spec.ts";
import { readTraining } from "../../core/spec/training.ts";
import { Network } from "../../core/train/network.ts";
import { initialWeights, type ParityRun } from "./run.ts";

export interface ParityDesign {
  readonly name: string;
  readonly seed: number;
  readonly graph: GraphDocument;
  /** By input node id. `below` for inputs of indices, `graph` for edges between that many nodes, `binary` for masks. */
  readonly inputs: Readonly<Record<string, { readonly shape: Shape; readonly holds: InputHolds }>>;
  /** As in a design's `train`; batches are all rows of a step. */
  readonly train: Readonly<Record<string, unknown>>;
  readonly batch: number;
  readonly steps: number;
}

export type InputHolds =
  | { readonly kind: "float" }
  | { readonly kind: "index"; readonly below: number }
  | { readonly kind: "mask" }
  | { readonly kind: "graph"; readonly nodes: number };

/** Batches that take turns. */
const BATCHES = 2;
/** Weights are moved by this much, so that biases are not zero and scales not one. */
const MOVED = 0.05;

/** @throws AppError design.* or config.* when the design is no network */
export function runOfDesign(design: ParityDesign): ParityRun {
  const { graph, inputs, batch, steps, seed } = design;
  const spec = makeModelSpec(graph, {
    inputs: Object.fromEntries(Object.entries(inputs).map(([id, { shape }]) => [id, shape])),
    outputs: {},
  });
  const training = readTraining({ ...design.train, batch_size: batch, shuffle: false });
  const outputs = layersOfRole(spec, "output");
  const encodings = Object.fromEntries(outputs.map((layer) => [layer.id, encodingOf(layer)]));
  const random = new Random(seed, 1);
  const rows = batch * BATCHES;
  const data: PreparedPart = {
    rowCount: rows,
    rowIds: Uint32Array.from({ length: rows }, (_, i) => i),
    inputs: Object.fromEntries(
      layersOfRole(spec, "input").map(({ id, shape }) => [id, { shape, values: drawInput(random, rows, shape, inputs[id]?.holds) }]),
    ),
    targets: Object.fromEntries(outputs.map((layer) => [layer.id, drawTarget(random, rows, layer)])),
  };
  const network = new Network({ spec, training, encodings, backend: createReferenceBackend("float32"), trainingRows: rows });
  network.initialise(seed);
  const initial = initialWeights(network);
  for (const { fullName } of network.parameters) initial.set(fullName, moved(random, initial.get(fullName) ?? new Float32Array()));
  return { spec, training, encodings, data, initial, batch, steps };
}

const moved = (random: Random, values: Float32Array): Float32Array => values.map((value) => value + MOVED * random.normal());

function drawInput(random: Random, rows: number, shape: Shape, holds: InputHolds = { kind: "float" }): Float32Array {
  const values = new Float32Array(rows * sizeOf(shape));
  switch (holds.kind) {
    case "float":
      return values.map(() => random.normal());
    case "index":
      return values.map(() => random.below(holds.below));
    case "mask": {
      // A step counts as long as all before it do, and the first always does.
      const steps = sizeOf(shape);
      for (let row = 0; row < rows; row++) values.fill(1, row * steps, row * steps + 1 + random.below(steps));
      return values;
    }
    case "graph":
      // Edges [from, to, weight]; a weight of 0 is an edge that is not there.
      return values.map((_, i) => (i % 3 === 2 ? (random.below(4) === 0 ? 0 : random.float()) : random.below(holds.nodes)));
    default:
      return holds satisfies never;
  }
}

/** What a loss compares with where its definition's `expects` does not say it: counts, and distributions. */
const OWN_TARGETS: Readonly<Record<string, (random: Random) => number>> = {
  poisson: (random) => random.below(5),
  kl_divergence: (random) => 0.05 + random.float(),
};

const lossOf = (layer: LayerSpec) => lossDefinition(definitionOf(layer).output?.(layer.config as never)?.loss ?? "");

function encodingOf(layer: LayerSpec): TargetEncoding {
  return lossOf(layer).encodings[0] ?? "value";
}

function drawTarget(random: Random, rows: number, layer: LayerSpec): Rows {
  const loss = lossOf(layer);
  const classes = layer.shape.at(-1) ?? 1;
  if (encodingOf(layer) === "class_index") {
    const shape = layer.shape.length > 1 ? layer.shape.slice(0, -1) : [1];
    return { shape, values: new Float32Array(rows * sizeOf(shape)).map(() => random.below(classes)) };
  }
  const values = new Float32Array(rows * sizeOf(layer.shape));
  const own = OWN_TARGETS[loss.name];
  if (own !== undefined) return { shape: layer.shape, values: values.map(() => own(random)) };
  switch (loss.expects) {
    case "each_probability":
      return { shape: layer.shape, values: values.map(() => random.below(2)) };
    case "scores":
      return { shape: layer.shape, values: values.map(() => (random.below(2) === 0 ? -1 : 1)) };
    default:
      return { shape: layer.shape, values: values.map(() => random.normal()) };
  }
}
