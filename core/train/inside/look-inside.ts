/**
 * Looks inside one layer of a trained network by one view: prepares what the view asks for (a pass forwards, a backward pass, names of
 * words and columns) and hands back its arrays. Nothing of the network that is looked into is changed.
 */
import type { InputNeeds } from "../../data/inputs.ts";
import type { PreparedPart } from "../../data/prepared.ts";
import { ownValues } from "../../data/rows.ts";
import { AppError } from "../../errors.ts";
import type {
  ExplainedNumber,
  LayerFacts,
  Look,
  Material,
  ObjectiveFacts,
  PlaneOfInput,
  Seen,
  ViewName,
} from "../../insight/inside/look.ts";
import { insideView, viewsOf } from "../../insight/inside/registry.ts";
import { at } from "../../ir/op.ts";
import { sizeOf } from "../../ir/tensor.ts";
import { largest } from "../../metrics/task.ts";
import { arrivalsOf } from "../../spec/layer-values.ts";
import { definitionOf } from "../../spec/model.ts";
import type { LayerSpec } from "../../spec/model-spec.ts";
import { dataNeeds } from "../../spec/needs.ts";
import { readTraining } from "../../spec/training.ts";
import type { Predictor } from "../model.ts";
import { answerNames, type ExplainedOutput, explainedOutput, numberOf } from "./explained-output.ts";
import { InsideProbe, type Objective } from "./inside-probe.ts";
import { consumersOf, inputOfSteps, layerFacts, networkFacts } from "./layer-facts.ts";
import { featureNamesOf, indexNamesOf, nodeName } from "./names.ts";
import { NodeProbe, ofOneNode, type RowProbe } from "./node-probe.ts";
import { timeGradients } from "./time-gradients.ts";

export interface LookQuestion {
  readonly nodeId: string;
  readonly view: ViewName;
  /** The number of the prediction that is explained; left out: the class that the row is taken for, the first number. */
  readonly explained?: ExplainedNumber | undefined;
  /** Of a view over two numbers of the input; left out: the first two. */
  readonly plane?: PlaneOfInput | undefined;
}

/**
 * Views by layer, in the order of the network; layers that have none are left out.
 * @param graph where rows are its nodes: the views are of one of them
 */
export function offeredViews(
  spec: Predictor["network"]["spec"],
  graph: Predictor["graph"] = null,
): { readonly layer: LayerFacts; readonly views: ViewName[] }[] {
  const network = networkFacts(spec);
  return layerFacts(spec).flatMap((whole) => {
    const layer = graph === null ? whole : ofOneNode(whole, graph.graph.nodeCount);
    const views = viewsOf(layer, network);
    return views.length === 0 ? [] : [{ layer, views }];
  });
}

/** What a look needs of the data: nothing, one row, or training rows. */
export function needsOf(view: ViewName): "nothing" | "row" | "sample" {
  const { ofRow, ofSample, gradientOf } = insideView(view);
  if (ofSample) return "sample";
  return ofRow || gradientOf !== "nothing" ? "row" : "nothing";
}

/** What looks run in, for as many of them as there are. @throws AppError engine.out_of_memory */
export function openProbe({ network, model, outputs }: Predictor): InsideProbe {
  const { spec, backend } = network;
  const encodings = Object.fromEntries(outputs.map(({ layer, encoding }) => [layer.id, encoding]));
  return new InsideProbe({ spec, training: readTraining(model.training), encodings, backend }, network);
}

/**
 * @param part  its first row is looked at, or its first node; for a view over the training rows, these; null for a view that needs none
 * @param whole of this predictor, with the weights that it has now
 * @throws AppError inside.no_such_view, inside.no_such_output, engine.out_of_memory
 */
export function lookInside(
  predictor: Predictor,
  { nodeId, view: name, explained: wanted, plane }: LookQuestion,
  part: PreparedPart | null,
  whole: InsideProbe = openProbe(predictor),
): Look {
  const { network, pipeline, graph } = predictor;
  const { spec, backend } = network;
  const nodeProbe = graph === null ? null : new NodeProbe(whole, graph, part?.nodes?.[0] ?? 0);
  const probe: RowProbe = nodeProbe ?? whole;
  const offered = offeredViews(spec, graph).find(({ layer }) => layer.id === nodeId);
  if (offered === undefined || !offered.views.includes(name)) throw new AppError("inside.no_such_view", { view: name }, { nodeId });
  if (part !== null && part.rowCount === 0) throw new Error("a look needs a row");
  const view = insideView(name);
  const { layer } = offered;
  const spoken = layerSpec(predictor, nodeId);
  const needs = dataNeeds(predictor.model.design.graph, spec);
  const inputNeeds = (id: string): InputNeeds | undefined => needs.inputs.find((input) => input.nodeId === id);
  const row = part === null ? {} : firstRow(part.inputs);
  const targets = part === null ? {} : firstRow(part.targets);
  const explained = explainedOutput(predictor, part === null ? {} : probe.forward(row), wanted);
  const objective = prepared(predictor, probe, { row, targets, gradientOf: part === null ? "nothing" : view.gradientOf, explained });
  const slope = objective.facts.kind === "loss" ? 1 : explained.slope;
  const scoreOf: Material["scoreOf"] = (other) => objective.numberOf(probe.forward(other));
  const material: Material = {
    layer,
    network: networkFacts(spec),
    row,
    objective: objective.facts,
    value: (id) => probe.value(id),
    gradient: (id) => times(probe.gradient(id), slope),
    consumers: (id) => consumersOf(spec, id),
    taps: () => probe.taps(nodeId),
    weights: (fullName) => Float32Array.from(weightsOf(predictor, layer, fullName)),
    weightGradient: (fullName) => (part === null ? null : (probe.parameterGradient(fullName)?.map((value) => value * slope) ?? null)),
    scoreOf,
    valueFor: (other) => {
      probe.forward(other);
      return probe.value(nodeId);
    },
    timeGradients: () => timeGradients(spoken, ownWeights(predictor, layer), probe, backend),
    links: () =>
      nodeProbe?.links(
        (node) => nodeName(pipeline, node),
        () => scoreOf(row),
      ) ?? { links: [], count: 0 },
    stepNames: (port) => {
      const source = inputOfSteps(spec, port === null ? nodeId : (valueAt(spoken, port) ?? ""));
      const input = source === null ? undefined : inputNeeds(source.id);
      const names = input === undefined ? null : indexNamesOf(pipeline, input);
      const indices = source === null ? undefined : row[source.id];
      return names === null || indices === undefined ? null : Array.from(indices, (index) => names[index] ?? (index === 0 ? "" : "?"));
    },
    indexNames: () => {
      const source = inputOfSteps(spec, spoken.inputs[0] ?? "");
      const input = source === null ? undefined : inputNeeds(source.id);
      return input === undefined ? null : indexNamesOf(pipeline, input);
    },
    featureNames: (id) => {
      const input = inputNeeds(id);
      return input === undefined ? answerNames(predictor, id) : featureNamesOf(pipeline, input);
    },
    plane: plane ?? null,
    sample: (id) => sampleOf(part, id),
  };
  const look = view.look(material);
  if (!view.explains) return look;
  const { nodeId: outputId, shownPlace } = explained.number;
  const labels = explained.isPrepared ? { ...look.labels, prepared: [explained.label] } : look.labels;
  return { ...look, labels, choices: explained.choices, explained: { nodeId: outputId, place: shownPlace } };
}

const times = (seen: Seen | null, factor: number): Seen | null =>
  seen === null || factor === 1 ? seen : { ...seen, values: seen.values.map((value) => value * factor) };

function layerSpec({ network }: Predictor, id: string): LayerSpec {
  const found = network.spec.layers.find((layer) => layer.id === id);
  if (found === undefined) throw new Error(`no layer ${id}`);
  return found;
}

function valueAt(layer: LayerSpec, port: string): string | undefined {
  const { inputs, portNames } = arrivalsOf(layer, (value) => value);
  const place = portNames?.indexOf(port) ?? definitionOf(layer).ports.inputs.findIndex(({ name }) => name === port);
  return place < 0 ? undefined : inputs[place];
}

const firstRow = (rows: PreparedPart["inputs"]): Record<string, Float32Array> =>
  Object.fromEntries(Object.entries(rows).map(([id, own]) => [id, ownValues(own, 0, 1).slice()]));

/** Runs the pass that the view wants, and says which number is explained. */
function prepared(
  { outputs }: Predictor,
  probe: RowProbe,
  asked: {
    readonly row: Readonly<Record<string, Float32Array>>;
    readonly targets: Readonly<Record<string, Float32Array>>;
    readonly gradientOf: "nothing" | "output" | "loss";
    readonly explained: ExplainedOutput;
  },
): { readonly facts: ObjectiveFacts; readonly numberOf: (found: ReturnType<InsideProbe["forward"]>) => number } {
  const { explained } = asked;
  const ofLoss = asked.gradientOf === "loss" && outputs.every((output) => asked.targets[output.layer.id] !== undefined);
  const { nodeId: outputId, place, sign } = explained.number;
  const objective: Objective = ofLoss ? { loss: true } : { loss: false, outputId, place, sign };
  if (asked.gradientOf !== "nothing") probe.look(asked.row, asked.targets, objective);
  return {
    facts: { kind: ofLoss ? "loss" : "output", label: explained.label, value: ofLoss ? probe.loss : explained.value },
    numberOf: (predictions) => numberOf(explained.number, predictions),
  };
}

function weightsOf({ network }: Predictor, layer: LayerFacts, fullName: string): Float32Array | Float64Array {
  const info = layer.weights.find((weight) => weight.fullName === fullName);
  return network.view(info?.kind ?? "parameter", fullName);
}

const ownWeights = (predictor: Predictor, layer: LayerFacts): Parameters<typeof timeGradients>[1] =>
  Object.fromEntries(
    layer.weights
      .filter(({ kind }) => kind === "parameter")
      .map(({ name, fullName, shape }) => [name, { shape, values: Float32Array.from(weightsOf(predictor, layer, fullName)) }]),
  );

/** Rows of an input as the network sees them, with the first target of each: an index of a class, or its first number. */
function sampleOf(part: PreparedPart | null, inputId: string): ReturnType<Material["sample"]> {
  const rows = part?.inputs[inputId];
  if (part === null || rows === undefined) return { values: new Float32Array(0), labels: [] };
  const [target] = Object.values(part.targets);
  const width = target === undefined ? 1 : sizeOf(target.shape);
  const labels = Array.from({ length: part.rowCount }, (_, row) => {
    if (target === undefined) return 0;
    const own = ownValues(target, row, row + 1);
    return width === 1 ? at([...own], 0) : largest(own, 0, width);
  });
  return { values: ownValues(rows, 0, part.rowCount).slice(), labels };
}
