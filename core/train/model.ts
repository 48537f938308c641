/** From a trained network to a model file, and back to a network that predicts. */
import { applyPipeline } from "../data/prepare.ts";
import type { FittedPipeline, PreparedPart } from "../data/prepared.ts";
import { ownValues } from "../data/rows.ts";
import type { Table } from "../data/table.ts";
import { weightColumn } from "../data/weights.ts";
import { AppError } from "../errors.ts";
import type { EncodedNumbers, ModelFile } from "../export/json/format.ts";
import { decode, encode, writeModel } from "../export/json/model-json.ts";
import type { DesignDocument } from "../graph/document.ts";
import { sizeOf } from "../ir/tensor.ts";
import type { KernelBackend } from "../kernels/backend.ts";
import type { MetricTask } from "../metrics/metric.ts";
import { layersOfRole, withDefaults } from "../spec/model.ts";
import type { ModelSpec } from "../spec/model-spec.ts";
import { dataNeeds } from "../spec/needs.ts";
import { readTraining, type TrainingOptions, writeTraining } from "../spec/training.ts";
import type { OutputInfo } from "./evaluate.ts";
import { type Evaluation, evaluationOf } from "./evaluation.ts";
import { type ExaminedRows, examineRows, type RowQuestion } from "./examined-rows.ts";
import { GraphPredictor } from "./graph-predictor.ts";
import { judgeInTurn } from "./judge-in-turn.ts";
import { Network } from "./network.ts";
import { asRows, knownRows, outputsOfNodes, partOfNodes } from "./node-rows.ts";
import { type PredictedRows, predictedRows } from "./predicted-rows.ts";
import { outputsOf } from "./prepare-design.ts";
import type { BatchJudge, Evaluated, PredictedBatch } from "./row-evaluation.ts";

/** Rows of the check that every model file carries. */
const CHECK_ROWS = 16;

export interface TrainedModel {
  readonly design: DesignDocument;
  readonly spec: ModelSpec;
  readonly training: TrainingOptions;
  readonly pipeline: FittedPipeline;
  readonly network: Network;
  /** Rows from which the check is taken: validation, or training when nothing is held out. */
  readonly sample: PreparedPart;
  readonly result: ModelFile["result"];
  readonly engineVersion: string;
}

/** The model file's text. @throws AppError model.weights_not_finite when training left NaN behind */
export function modelText(model: TrainedModel): string {
  const { network, design, pipeline } = model;
  const weights = [
    ...network.parameters.map((info) => ({ info, kind: "parameter" as const })),
    ...network.states.map((info) => ({ info, kind: "state" as const })),
  ].map(({ info, kind }) => {
    const values = Float32Array.from(network.view(kind, info.fullName));
    const at = values.findIndex((value) => !Number.isFinite(value));
    if (at >= 0) throw new AppError("model.weights_not_finite", { name: info.fullName, index: at }, { nodeId: info.nodeId });
    return {
      name: info.fullName,
      node_id: info.nodeId,
      kind,
      shape: [...info.shape],
      dtype: "float32" as const,
      values: encode(values, false),
    };
  });
  const sample = checkRows(model);
  const shapes = new Map(sample.outputs.map(({ layer }) => [layer.id, layer.shape]));
  const rowsOf = (values: Float32Array, shape: readonly number[]): { shape: number[]; values: EncodedNumbers } => ({
    shape: [...shape],
    values: encode(values, false),
  });
  return writeModel({
    engine_version: model.engineVersion,
    name: design.name,
    design,
    spec: JSON.parse(JSON.stringify(model.spec)) as ModelFile["spec"],
    training: writeTraining(model.training) as ModelFile["training"],
    preprocessing: JSON.parse(JSON.stringify(pipeline)) as ModelFile["preprocessing"],
    result: model.result,
    weights,
    check: {
      row_count: sample.data.rowCount,
      inputs: Object.fromEntries(Object.entries(sample.data.inputs).map(([id, rows]) => [id, rowsOf(rows.values, rows.shape)])),
      predictions: Object.fromEntries(
        Object.entries(sample.found.predictions).map(([id, values]) => [id, rowsOf(values, shapes.get(id) ?? [])]),
      ),
    },
  });
}

/** Of a graph the inputs are millions of edges, which the preparation holds already: only what comes out is kept, of the first nodes. */
function checkRows({ network, sample, spec }: TrainedModel): Pick<ReturnType<typeof asRows>, "data" | "found" | "outputs"> {
  const outputs = layersOfRole(spec, "output").map((layer) => ({ layer }));
  if (sample.nodes === undefined) {
    const data = firstRows(sample, CHECK_ROWS);
    return asRows(data, network.evaluate(data), outputs);
  }
  const nodes = Uint32Array.from({ length: Math.min(CHECK_ROWS, sample.nodes.length) }, (_, node) => node);
  const part = { ...sample, nodes, nodeIds: nodes };
  return asRows(part, network.evaluate(part), outputs);
}

function firstRows(part: PreparedPart, count: number): PreparedPart {
  const rowCount = Math.min(count, part.rowCount);
  const cut = (all: PreparedPart["inputs"]): PreparedPart["inputs"] =>
    Object.fromEntries(Object.entries(all).map(([id, rows]) => [id, { shape: rows.shape, values: ownValues(rows, 0, rowCount).slice() }]));
  return { rowCount, rowIds: part.rowIds.slice(0, rowCount), inputs: cut(part.inputs), targets: {} };
}

/** Whether thresholds say what a row counts as, and how many: of one probability of yes, of two classes the second's, of labels each one's. */
export function takesThresholds({ task: { kind, count, probabilities } }: Pick<OutputInfo, "task">): "one" | "one_a_label" | "none" {
  if (!probabilities) return "none";
  if (kind === "labels") return "one_a_label";
  return kind === "two_classes" || (kind === "classes" && count === 2) ? "one" : "none";
}

function atThreshold(task: MetricTask, threshold: number | readonly number[]): MetricTask {
  if (typeof threshold !== "number") return { ...task, labelThresholds: threshold };
  return task.kind === "classes" ? { ...task, secondAbove: threshold } : { ...task, threshold };
}

/** @throws AppError model.threshold_misfit where an output that is named is not judged by thresholds, or by another number of them */
function atThresholds(outputs: readonly OutputInfo[], thresholds: NonNullable<ModelFile["thresholds"]>): OutputInfo[] {
  for (const [nodeId, threshold] of Object.entries(thresholds)) {
    const output = outputs.find(({ layer }) => layer.id === nodeId);
    const fits = typeof threshold === "number" ? "one" : threshold.length === output?.task.count ? "one_a_label" : null;
    if (output === undefined || takesThresholds(output) !== fits)
      throw new AppError("model.threshold_misfit", { name: output?.layer.name ?? nodeId });
  }
  return outputs.map((output) => {
    const threshold = thresholds[output.layer.id];
    return threshold === undefined ? output : { ...output, task: atThreshold(output.task, threshold) };
  });
}

/** A model that has been read, ready to predict. */
export class Predictor {
  readonly model: ModelFile;
  readonly network: Network;
  readonly outputs: readonly OutputInfo[];
  readonly pipeline: FittedPipeline;
  readonly needs: ReturnType<typeof dataNeeds>;
  /** Where the rows are nodes of one graph. */
  readonly graph: GraphPredictor | null;

  /** @throws AppError model.* when weights and spec do not agree, engine.* */
  constructor(model: ModelFile, backend: KernelBackend) {
    this.model = model;
    const trained = withDefaults(model.spec as ModelSpec);
    this.pipeline = model.preprocessing as FittedPipeline;
    this.needs = dataNeeds(model.design.graph, trained);
    this.graph = this.pipeline.graph === undefined ? null : new GraphPredictor(this.pipeline.graph, this.needs);
    const spec = this.graph === null ? trained : this.graph.spec(model.design.graph, this.pipeline);
    const training = readTraining(model.training);
    const { outputs, encodings } = outputsOf(spec, this, this.needs, training);
    this.outputs = atThresholds(this.graph === null ? outputs : outputsOfNodes(outputs), model.thresholds ?? {});
    const rowsHaveWeights = weightColumn(this.pipeline.columns) !== null;
    this.network = new Network({ spec, training, encodings, backend, trainingRows: 0, rowsHaveWeights });
    this.loadWeights();
  }

  private loadWeights(): void {
    const entries = new Map(this.model.weights.map((weight) => [`${weight.kind}:${weight.name}`, weight]));
    const wanted = [
      ...this.network.parameters.map((info) => ({ info, kind: "parameter" as const })),
      ...this.network.states.map((info) => ({ info, kind: "state" as const })),
    ];
    for (const { info, kind } of wanted) {
      const entry = entries.get(`${kind}:${info.fullName}`);
      if (entry === undefined) throw new AppError("model.weights_missing", { name: info.fullName }, { nodeId: info.nodeId });
      const values = decode(entry.values, entry.name);
      const place = this.network.view(kind, info.fullName);
      const forNodes = this.graph !== null && entry.shape[0] === this.graph.trainedNodes && info.shape[0] === this.graph.graph.nodeCount;
      if (forNodes) place.fill(0);
      else if (values.length !== place.length)
        throw new AppError(
          "model.weights_wrong_size",
          { name: info.fullName, expected: place.length, received: values.length },
          { nodeId: info.nodeId },
        );
      place.set(values);
    }
  }

  /** Ids of the inputs that a window of a series comes in by. */
  get windowInputs(): ReadonlySet<string> {
    if (this.pipeline.window === undefined) return new Set();
    return new Set(
      this.needs.inputs.flatMap(({ nodeId, columns, feeds }) => (columns.length === 0 && feeds === undefined ? [nodeId] : [])),
    );
  }

  /** Prepares rows as in training. @param asNew nodes that the graph holds already are put in again. @throws AppError data.column_missing and others */
  prepare(table: Table, withTargets: boolean, asNew = false): PreparedPart {
    return applyPipeline(table, this.pipeline, this.needs, { withTargets, asNew });
  }

  /** Predictions by output node id, `[rows, width]`. @param onRows told of the rows that are done */
  predict(part: PreparedPart, onRows?: (done: number) => void): Record<string, Float32Array> {
    return this.found(part, onRows).predictions;
  }

  /** The same, batch by batch: what is written out need not be held. Of a graph all nodes come at once. */
  *predictInTurn(part: PreparedPart): Generator<PredictedBatch, void, void> {
    if (this.graph === null) yield* this.network.predictedBatches(part);
    else yield { from: 0, count: part.rowCount, predictions: this.predict(part) };
  }

  /** Everything that can be said of rows with targets. @param onRows told of the rows that are done */
  evaluate(part: PreparedPart, onRows?: (done: number) => void): Evaluation {
    const { outputs, pipeline } = this;
    const data = part.nodes === undefined ? part : partOfNodes(part);
    return evaluationOf({ outputs, pipeline, data, found: this.found(part, onRows, judgeInTurn(outputs, pipeline, data)) });
  }

  /** Single rows beside what the network says of them, the worst first. */
  examine(part: PreparedPart, question: RowQuestion): ExaminedRows {
    const { outputs, pipeline } = this;
    const data = part.nodes === undefined ? part : partOfNodes(part);
    return examineRows({ outputs, pipeline, data, found: this.found(part) }, question);
  }

  /** All rows of one output beside what the network says of them; null where it has no such output. @param onRows told of the rows that are done */
  rowsOf(part: PreparedPart, nodeId: string | null, onRows?: (done: number) => void): PredictedRows | null {
    const { outputs, pipeline } = this;
    const data = part.nodes === undefined ? part : partOfNodes(part);
    return predictedRows({ outputs, pipeline, data, found: this.found(part, onRows) }, nodeId);
  }

  /** The one column of the table that an output's labels or numbers stand in; null where there are several, or none. */
  targetColumn(nodeId: string): string | null {
    const { columns = [] } = this.pipeline.targets[nodeId] ?? {};
    const fromColumns = this.outputs.find(({ layer }) => layer.id === nodeId)?.fromColumns === true;
    return fromColumns && columns.length === 1 ? (columns[0] ?? null) : null;
  }

  /** As rowsOf, of rows without a truth: their targets are 0. @param nodeId the first output when null @throws AppError run.no_such_output */
  answersOf(part: PreparedPart, nodeId: string | null = null, onRows?: (done: number) => void): PredictedRows {
    const output = nodeId === null ? this.outputs[0] : this.outputs.find(({ layer }) => layer.id === nodeId);
    if (output === undefined) throw new AppError("run.no_such_output", {});
    const targets = {
      [output.layer.id]: { shape: output.layer.shape, values: new Float32Array(part.rowCount * sizeOf(output.layer.shape)) },
    };
    const rows = this.rowsOf({ ...part, targets }, output.layer.id, onRows);
    if (rows === null) throw new Error("an output that is there has answers");
    return rows;
  }

  private found(part: PreparedPart, onRows?: (done: number) => void, judge?: BatchJudge): Evaluated {
    if (this.graph === null) return this.network.evaluate(part, onRows, judge);
    const { targets } = part.nodes === undefined ? part : partOfNodes(part);
    return this.graph.evaluate(this.network, part.graphRows ?? knownRows(part.nodes ?? []), targets, this.outputs);
  }

  /** The largest difference between the stored check and what this machine predicts for it. */
  check(): { rows: number; largestDifference: number } {
    const { check } = this.model;
    const rowIds = Uint32Array.from({ length: check.row_count }, (_, i) => i);
    const inputs = Object.fromEntries(
      Object.entries(check.inputs).map(([id, rows]) => [id, { shape: rows.shape, values: decode(rows.values, id) }]),
    );
    const found = this.predict({
      rowCount: check.row_count,
      rowIds,
      inputs,
      targets: {},
      ...(this.graph === null ? {} : { graphRows: knownRows(rowIds) }),
    });
    let largestDifference = 0;
    for (const [id, expected] of Object.entries(check.predictions)) {
      const values = decode(expected.values, id);
      const mine = found[id];
      if (mine === undefined || mine.length !== values.length) throw new AppError("model.check_failed", { name: id });
      values.forEach((value, i) => {
        largestDifference = Math.max(largestDifference, Math.abs(value - (mine[i] ?? Number.NaN)));
      });
    }
    return { rows: check.row_count, largestDifference };
  }
}
