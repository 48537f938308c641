/**
 * A network scenario said in PyTorch, layer by layer through the layers' own mappings: what the script trains, and what the
 * tests hash to see whether the committed curves are stale.
 */
import type { Shape } from "../../../core/ir/tensor.ts";
import { resolveActivations } from "../../../core/layers/pytorch-expression.ts";
import { lossDefinition } from "../../../core/losses/definitions.ts";
import { optimizerDefinition } from "../../../core/optimizers/definitions.ts";
import { arrivalsOf, valueShapes } from "../../../core/spec/layer-values.ts";
import { definitionOf, makeModelSpec } from "../../../core/spec/model.ts";
import type { LayerSpec, ModelSpec } from "../../../core/spec/model-spec.ts";
import { readTraining, type TrainingOptions } from "../../../core/spec/training.ts";
import type { Values } from "./golden-file.ts";
import type { NetworkScenario } from "./networks.ts";

interface JobWeight {
  readonly name: string;
  readonly role: "parameter" | "state";
  readonly attribute: string;
  readonly transpose: readonly number[];
  readonly l1: number;
  readonly l2: number;
}
interface JobLayer {
  readonly name: string;
  /** Name of its output in the expressions of others. */
  readonly result: string;
  readonly support?: string;
  readonly module: string | null;
  readonly call: string;
  readonly weights: readonly JobWeight[];
}
interface JobOutput {
  readonly id: string;
  readonly value: string;
  readonly expression: string;
  readonly weight: number;
  readonly rows_are_classes: boolean;
}
/** Everything but the numbers. */
export interface NetworkDescription {
  readonly kind: "network";
  readonly name: string;
  readonly layers: readonly JobLayer[];
  readonly outputs: readonly JobOutput[];
  readonly optimizer: string;
  readonly clipvalue: number | null;
  readonly clipnorm: number | null;
  readonly global_clipnorm: number | null;
  /** Rows of each step. */
  readonly batches: readonly (readonly number[])[];
}

export interface NetworkCase {
  readonly name: string;
  readonly inputs: Readonly<Record<string, Values>>;
  readonly targets: Readonly<Record<string, Values>>;
  /** By full name, parameters and states. */
  readonly initial: Readonly<Record<string, Values>>;
  readonly result: {
    /** Of each step, before its update; computed in float64. */
    readonly losses: readonly number[];
    readonly losses_float32: readonly number[];
    /** Of each step, each output's own loss without its weight; where there are several outputs. */
    readonly own_losses?: readonly (readonly number[])[];
    /** Parameters and states after the last step. */
    readonly trained: Readonly<Record<string, Values>>;
  };
}

export const specOf = (scenario: NetworkScenario): ModelSpec => makeModelSpec(scenario.graph, scenario.facts);
/** The scenario's batches are in the order of the rows: nothing is shuffled. */
export const trainingOf = (scenario: NetworkScenario): TrainingOptions => readTraining({ ...scenario.train, shuffle: false });

export function describeNetwork(scenario: NetworkScenario): NetworkDescription {
  const spec = specOf(scenario);
  const training = trainingOf(scenario);
  const { definition, config } = { definition: optimizerDefinition(training.optimizer.type), config: training.optimizer.config };
  const { clipvalue, clipnorm, global_clipnorm } = training;
  return {
    kind: "network",
    name: scenario.name,
    layers: spec.layers.filter((layer) => definitionOf(layer).traits.role === undefined).map((layer) => describeLayer(spec, layer)),
    outputs: spec.layers.filter((layer) => definitionOf(layer).traits.role === "output").map(describeOutput),
    optimizer: definition.pytorch(config),
    clipvalue,
    clipnorm,
    global_clipnorm,
    batches: batchesOf(scenario, training),
  };
}

const variable = (value: string): string => `v_${value.replace(":", "_port_")}`;

function describeLayer(spec: ModelSpec, layer: LayerSpec): JobLayer {
  const definition = definitionOf(layer);
  const shapes = valueShapes(spec.layers);
  const context = { config: layer.config as never, ...arrivalsOf(layer, (value) => shapes.get(value) ?? []) };
  const mapping = definition.pytorch?.(context);
  if (mapping === undefined) throw new Error(`${layer.type} has no PyTorch mapping`);
  const weight =
    (role: "parameter" | "state") =>
    ({ name, shape, l1 = 0, l2 = 0 }: { name: string; shape: Shape; l1?: number; l2?: number }): JobWeight[] => {
      const place = mapping.weights[name];
      return place === undefined
        ? []
        : [{ name, role, attribute: place.name, transpose: place.transpose ?? shape.map((_, i) => i), l1, l2 }];
    };
  return {
    name: layer.name,
    result: variable(layer.id),
    ...(mapping.support === undefined ? {} : { support: mapping.support }),
    module: mapping.module,
    call: resolveActivations(mapping.call("module", layer.inputs.map(variable), [])),
    weights: [
      ...(definition.parameters?.(context) ?? []).flatMap(weight("parameter")),
      ...(definition.states?.(context) ?? []).flatMap(weight("state")),
    ],
  };
}

function describeOutput(layer: LayerSpec): JobOutput {
  const output = definitionOf(layer).output?.(layer.config as never);
  if (output === undefined) throw new Error(`${layer.name} is no output`);
  const definition = lossDefinition(output.loss);
  return {
    id: layer.id,
    value: variable(layer.inputs[0] ?? ""),
    expression: definition.pytorch("p", "t", output.labelSmoothing),
    weight: output.weight,
    rows_are_classes: definition.op !== "elementwise_loss",
  };
}

function batchesOf({ rows, steps }: NetworkScenario, { batch_size }: TrainingOptions): number[][] {
  const batches: number[][] = [];
  for (let from = 0; batches.length < steps; from = from + batch_size >= rows ? 0 : from + batch_size) {
    batches.push(Array.from({ length: Math.min(batch_size, rows - from) }, (_, i) => from + i));
  }
  return batches;
}

/** What the script is sent. @param initial by full name */
export function networkJob(
  scenario: NetworkScenario,
  data: ReturnType<NetworkScenario["draw"]>,
  initial: Readonly<Record<string, Values>>,
): object {
  const description = describeNetwork(scenario);
  return {
    ...description,
    inputs: Object.fromEntries(Object.entries(data.inputs).map(([id, values]) => [variable(id), values])),
    outputs: description.outputs.map((output) => ({ ...output, target: data.targets[output.id] })),
    layers: description.layers.map((layer) => ({
      ...layer,
      weight_values: Object.fromEntries(layer.weights.map(({ name }) => [name, initial[`${layer.name}/${name}`]])),
    })),
  };
}
