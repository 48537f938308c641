/**
 * Training on numbers that are there already: arrays in, a trained network out. Programs that use core/ as a library begin here; a
 * design with its table is train-design.ts.
 */
import type { FittedPipeline, PreparedPart } from "../data/prepared.ts";
import type { Rows, TargetEncoding, TargetLayout } from "../data/rows.ts";
import { AppError } from "../errors.ts";
import { sizeOf } from "../ir/tensor.ts";
import type { KernelBackend } from "../kernels/backend.ts";
import { lossDefinition } from "../losses/definitions.ts";
import { type AskedFigures, taskOf } from "../metrics/task.ts";
import { definitionOf, layersOfRole } from "../spec/model.ts";
import type { LayerSpec, ModelSpec } from "../spec/model-spec.ts";
import { readTraining, type TrainingDocument } from "../spec/training.ts";
import type { OutputInfo } from "./evaluate.ts";
import { type EpochReport, freshState, type StepReport, trainingLoop } from "./loop.ts";
import { Network } from "./network.ts";

/** Numbers by node id, row after row. */
export type Arrays = Readonly<Record<string, ArrayLike<number>>>;

export interface TrainOptions {
  /** From makeModelSpec. */
  readonly spec: ModelSpec;
  /** By input node id: `[rows, ...shape of the input]`. */
  readonly inputs: Arrays;
  /**
   * By output node id: `[rows, ...shape of the output]`; for losses over classes one index from 0 a row (or a step of a sequence).
   * Losses on scores (hinge) want −1 and +1.
   */
  readonly targets: Arrays;
  /** As in a design's `train`; what is left out has its default. */
  readonly training?: TrainingDocument;
  readonly backend: KernelBackend;
  /** What parameters start from instead of what their initializer draws, by full name (`words/embeddings`); NaN keeps that. */
  readonly initialWeights?: Arrays;
  /** Rows that are evaluated after every epoch and never trained on. */
  readonly validation?: { readonly inputs: Arrays; readonly targets: Arrays };
}

export interface Training {
  readonly network: Network;
  /** Each `next()` takes one step, or ends an epoch; the last puts the weights in place that the training ends with. The step report is one object, used again. */
  readonly loop: Generator<StepReport | EpochReport, void, void>;
}

/**
 * Compiles the network and gives its training, to be driven step by step; `train` runs it whole. The same spec, rows and seed give
 * the same bits, however many threads the backend has.
 * @throws AppError train.wrong_row_count, config.*, engine.*
 */
export function openTraining(options: TrainOptions): Training {
  const { spec, inputs, targets, training: document = {}, backend, initialWeights, validation } = options;
  const training = readTraining(document);
  const outputs = layersOfRole(spec, "output").map((layer) => outputOf(layer, training));
  const data = partOf(spec, outputs, inputs, targets);
  const held = partOf(spec, outputs, validation?.inputs ?? {}, validation?.targets ?? {});
  const encodings = Object.fromEntries(outputs.map(({ layer, encoding }) => [layer.id, encoding]));
  const network = new Network({ spec, training, encodings, backend, trainingRows: data.rowCount });
  network.initialise(training.seed, initialWeights);
  const prepared = { pipeline: pipelineOf(outputs), training: data, validation: held, droppedRows: 0 };
  return { network, loop: trainingLoop({ network, data: prepared, training, outputs, state: freshState() }) };
}

/** @throws AppError as openTraining, and train.not_finite* */
export function train(options: TrainOptions): { readonly network: Network; readonly epochs: readonly EpochReport[] } {
  const { network, loop } = openTraining(options);
  const epochs: EpochReport[] = [];
  for (const report of loop) if (report.kind === "epoch") epochs.push(report);
  return { network, epochs };
}

/** Predictions by output node id, `[rows, ...shape of the output]`. @throws AppError train.wrong_row_count */
export function predict(network: Network, inputs: Arrays): Readonly<Record<string, Float32Array>> {
  return network.evaluate(partOf(network.spec, [], inputs, {})).predictions;
}

/** The first encoding that the loss takes, whose numbers the caller gives. */
function outputOf(layer: LayerSpec, asked: AskedFigures): OutputInfo {
  const output = definitionOf(layer).output?.(layer.config as never);
  if (output === undefined) throw new Error(`${layer.name} is no output`);
  const { encodings, expects } = lossDefinition(output.loss);
  const encoding: TargetEncoding = encodings[0] ?? "value";
  const width = encoding === "class_index" ? (layer.shape.at(-1) ?? 1) : sizeOf(layer.shape);
  return { layer, encoding, fromColumns: false, task: taskOf({ encoding, columns: [] }, expects, width, asked), lossWeight: output.weight };
}

/** Nothing was prepared: the numbers are taken as they are. */
function pipelineOf(outputs: readonly OutputInfo[]): FittedPipeline {
  const layouts = outputs.map(({ layer, encoding }): [string, TargetLayout] => [layer.id, { columns: [], encoding, classes: [] }]);
  return { columns: [], steps: [], features: [], targets: Object.fromEntries(layouts) };
}

function partOf(spec: ModelSpec, outputs: readonly OutputInfo[], inputs: Arrays, targets: Arrays): PreparedPart {
  const shapes = Object.fromEntries(layersOfRole(spec, "input").map(({ id, shape }) => [id, shape]));
  const firstInput = Object.keys(inputs)[0];
  const rowCount = firstInput === undefined ? 0 : Math.floor((inputs[firstInput]?.length ?? 0) / sizeOf(shapes[firstInput] ?? []));
  const rowsOf = (values: ArrayLike<number> | undefined, id: string, shape: readonly number[]): Rows => {
    const expected = rowCount * sizeOf(shape);
    if ((values?.length ?? 0) !== expected)
      throw new AppError("train.wrong_row_count", { id, rows: rowCount, expected, received: values?.length ?? 0 }, { nodeId: id });
    return { shape, values: values instanceof Float32Array ? values : Float32Array.from(values ?? []) };
  };
  const shapeOf = ({ layer, encoding }: OutputInfo): readonly number[] =>
    encoding === "class_index" ? (layer.shape.length > 1 ? layer.shape.slice(0, -1) : [1]) : layer.shape;
  return {
    rowCount,
    rowIds: Uint32Array.from({ length: rowCount }, (_, i) => i),
    inputs: Object.fromEntries(Object.entries(shapes).map(([id, shape]) => [id, rowsOf(inputs[id], id, shape)])),
    targets: Object.fromEntries(
      outputs.map((output) => [output.layer.id, rowsOf(targets[output.layer.id], output.layer.id, shapeOf(output))]),
    ),
  };
}
