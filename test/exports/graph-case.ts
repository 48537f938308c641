/**
 * A graph with weights of its own as a case to prove: what a script reads of a model file, with what we predict of some rows, and of a
 * case that is trained, what we predict of them afterwards.
 */
import type { PreparedPart } from "../../core/data/prepared.ts";
import { Random } from "../../core/data/random.ts";
import type { Rows } from "../../core/data/rows.ts";
import type { CodeSource } from "../../core/export/code/script-ends.ts";
import { outputEnds, targetShape } from "../../core/export/code/script-ends.ts";
import type { EdgeDocument, GraphDocument, NodeDocument } from "../../core/graph/document.ts";
import { type Shape, sizeOf } from "../../core/ir/tensor.ts";
import { createReferenceBackend } from "../../core/kernels/reference/backend.ts";
import { makeModelSpec } from "../../core/spec/model.ts";
import type { ModelSpec } from "../../core/spec/model-spec.ts";
import { readTraining, type TrainingOptions } from "../../core/spec/training.ts";
import { Network } from "../../core/train/network.ts";

export interface ExportCase {
  readonly name: string;
  readonly source: CodeSource;
  /** Made only when Python is there to read it. */
  readonly model: () => Promise<object>;
}

const ROWS = 5;

export interface Wire {
  readonly node: NodeDocument;
  readonly shape: Shape;
  readonly holds: "float" | "index" | "graph" | "mask";
  readonly below: number;
  /** A row of nothing but padding. */
  readonly hasEmptyRow?: true;
}

/** @param wires `from[:port] > to[:port]` */
export const wired = (...wires: readonly string[]): EdgeDocument[] =>
  wires.map((wire) => {
    const [[source = "", source_port = "output"] = [], [target = "", target_port = "input"] = []] = wire
      .split(" > ")
      .map((end) => end.split(":"));
    return { id: wire, source, source_port, target, target_port };
  });

/** @param train trained with these options, where they are given, on the rows and random targets, all in one step an epoch */
export function graphCase(
  name: string,
  graph: GraphDocument,
  wires: Readonly<Record<string, Wire>>,
  train?: Readonly<Record<string, unknown>>,
): ExportCase {
  const shapes = Object.fromEntries(Object.entries(wires).map(([id, { shape }]) => [id, shape]));
  const spec = makeModelSpec(graph, { inputs: shapes, outputs: {} });
  const training = readTraining({ epochs: 1, batch_size: ROWS, ...train });
  return {
    name,
    source: { name, spec, training, data: null, vectors: new Map() },
    model: async () => modelOf(spec, wires, train === undefined ? null : training),
  };
}

/** Weights a little off what they start from, rows (padded at the end now and then), and what the reference backend predicts. */
function modelOf(spec: ModelSpec, wires: Readonly<Record<string, Wire>>, training: TrainingOptions | null): object {
  const ends = outputEnds(spec);
  const encodings = Object.fromEntries(
    ends.map(({ layer, targetIsClass }) => [layer.id, targetIsClass ? ("class_index" as const) : ("value" as const)]),
  );
  const backend = createReferenceBackend("float64");
  const network = new Network({
    spec,
    training: training ?? readTraining({}),
    encodings,
    backend,
    trainingRows: training === null ? 0 : ROWS,
  });
  network.initialise(7);
  const random = new Random(11, 1);
  for (const { fullName } of network.parameters) {
    const view = network.view("parameter", fullName);
    for (let i = 0; i < view.length; i++) view[i] = Math.fround((view[i] as number) + 0.1 * random.normal());
  }
  const inputs = Object.fromEntries(Object.entries(wires).map(([id, wire]) => [id, rowsOf(random, wire)]));
  const rowIds = Uint32Array.from({ length: ROWS }, (_, i) => i);
  const data: PreparedPart = { rowCount: ROWS, rowIds, inputs, targets: {} };
  const { predictions } = network.evaluate(data);
  const plain = (values: ArrayLike<number>) => ({ encoding: "array", data: Array.from(values) });
  const weights = [
    ...network.parameters.map(({ fullName, shape }) => ({ name: fullName, shape, values: plain(network.view("parameter", fullName)) })),
    ...network.states.map(({ fullName, shape }) => ({ name: fullName, shape, values: plain(network.view("state", fullName)) })),
  ];
  const kept = (all: Readonly<Record<string, Rows>>) =>
    Object.fromEntries(Object.entries(all).map(([id, { shape, values }]) => [id, { shape, values: plain(values) }]));
  const predicted = (all: Readonly<Record<string, Float32Array>>) =>
    kept(Object.fromEntries(ends.map(({ layer }) => [layer.id, { shape: layer.shape, values: all[layer.id] ?? new Float32Array() }])));
  const model = { weights, check: { row_count: ROWS, inputs: kept(inputs), predictions: predicted(predictions) } };
  if (training === null) return model;
  const targets = Object.fromEntries(
    ends.map((end) => {
      const shape = targetShape(end);
      const draw = end.targetIsClass ? () => random.below(end.layer.shape.at(-1) ?? 1) : () => random.float();
      return [end.layer.id, { shape, values: Float32Array.from({ length: ROWS * sizeOf(shape) }, draw) }];
    }),
  );
  return { ...model, trained: { targets: kept(targets), predictions: predicted(trainedOn(network, { ...data, targets }, training)) } };
}

/** What the network predicts after a training that ends as every one does: with the best epoch's weights, or their average (settleWeights). */
function trainedOn(network: Network, data: PreparedPart, training: TrainingOptions): Record<string, Float32Array> {
  const { early_stopping: stopping } = training;
  const order = Uint32Array.from(data.rowIds);
  let best = { loss: Number.POSITIVE_INFINITY, predictions: {} as Record<string, Float32Array> };
  for (let epoch = 0; epoch < training.epochs; epoch++) {
    network.trainStep(data, order, 0, epoch, Number(training.optimizer.config["learning_rate"]), null);
    const { loss, predictions } = network.withAveragedWeights(() => network.evaluate(data));
    if (!stopping.restore_best_weights || loss < best.loss) best = { loss, predictions };
  }
  return best.predictions;
}

function rowsOf(random: Random, { shape, holds, below, hasEmptyRow }: Wire): Rows {
  const values = new Float32Array(ROWS * sizeOf(shape));
  const width = sizeOf(shape);
  if (holds === "graph")
    values.forEach((_, i) => {
      values[i] = i % 3 === 2 ? random.float() : random.below(below);
    });
  else if (holds === "mask") for (let row = 0; row < ROWS; row++) values.fill(1, row * width, row * width + 1 + random.below(width));
  else
    values.forEach((_, i) => {
      values[i] = holds === "index" ? random.below(below) : random.normal();
    });
  // The end of every other row is padding, for what makes masks of zeros.
  const steps = shape[0] ?? 1;
  if (holds === "float" && shape.length === 2 && steps > 1)
    for (let row = 0; row < ROWS; row += 2)
      values.fill(0, (row + 1) * width - (width / steps) * (1 + (row % 4 === 0 ? 1 : 0) * (steps > 2 ? 1 : 0)), (row + 1) * width);
  if (hasEmptyRow === true) values.fill(0, 0, width);
  return { shape, values };
}
